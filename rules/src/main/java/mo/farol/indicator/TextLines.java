package mo.farol.indicator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8 text with a bound, a byte order mark left out. */
final class TextLines {
  static final int LONGEST = 16 * 1024;

  private TextLines() {}

  static BufferedReader open(InputStream in) throws IOException {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    var reader = new BufferedReader(new InputStreamReader(in, decoder), 1 << 16);
    reader.mark(1);
    if (reader.read() != '\ufeff') {
      reader.reset();
    }
    return reader;
  }

  /** The next line, null behind the last; what is past {@value #LONGEST} characters is cut off. */
  static @Nullable String next(BufferedReader reader) throws IOException {
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    var line = new StringBuilder();
    for (; c >= 0 && c != '\n'; c = reader.read()) {
      if (line.length() <= LONGEST) {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
