package mo.farol.indicator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import mo.farol.event.Fields;

/** Which fields of events are looked at, and how: {@code fields.txt} beside this class. */
final class FieldReadings {
  /** How a field's value is read. */
  enum Reading {
    NONE,
    ADDRESS,
    HOST,
    HOSTS,
    URL,
    PATH,
    MAIL,
    DIGEST,
    DIGESTS,
    FILE,
    CVES
  }

  private static final Reading[] READINGS = Reading.values();
  private static final byte[] BY_FIELD = load();

  private FieldReadings() {}

  static Reading of(int field) {
    return field < BY_FIELD.length ? READINGS[BY_FIELD[field]] : Reading.NONE;
  }

  private static byte[] load() {
    byte[] all = new byte[Fields.LIMIT];
    int most = 0;
    for (String line : table().lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
      String[] words = line.strip().split(" +", -1);
      var reading = Reading.valueOf(words[0].toUpperCase(Locale.ROOT));
      for (int i = 1; i < words.length; i++) {
        int field = Fields.id(words[i]);
        all[field] = (byte) reading.ordinal();
        most = Math.max(most, field);
      }
    }
    return Arrays.copyOf(all, most + 1);
  }

  private static String table() {
    try (InputStream in = FieldReadings.class.getResourceAsStream("fields.txt")) {
      if (in == null) {
        throw new IllegalStateException("fields.txt is not beside the class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
