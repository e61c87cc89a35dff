package mo.farol.indicator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * One value a line, its kind told by its shape; {@code #} begins a comment, and values made
 * harmless ({@code hxxp}, {@code 1[.]2[.]3[.]4}) are made whole.
 */
final class ListReader {
  private ListReader() {}

  static void read(InputStream in, Reading reading) throws IOException {
    try (BufferedReader lines = TextLines.open(in)) {
      int number = 0;
      for (String line = TextLines.next(lines); line != null; line = TextLines.next(lines)) {
        number++;
        String value = value(line);
        if (value != null) {
          one(String.valueOf(number), Guess.refanged(value), reading);
        }
      }
    }
  }

  private static @Nullable String value(String line) {
    String text = line.strip();
    for (int i = text.indexOf('#'); i >= 0; i = text.indexOf('#', i + 1)) {
      if (i == 0 || Character.isWhitespace(text.charAt(i - 1))) {
        text = text.substring(0, i).strip();
        break;
      }
    }
    return text.isEmpty() ? null : text;
  }

  private static void one(String place, String value, Reading reading) {
    var kind = Guess.kind(value);
    if (kind.isEmpty()) {
      reading.refuse(place, "neither address, domain, URL, digest, mail address nor CVE number");
    } else {
      reading.found(place, kind.get(), value, Said.NOTHING);
    }
  }
}
