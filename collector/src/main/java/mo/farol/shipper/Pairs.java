package mo.farol.shipper;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * An event of Lumberjack version 1, keys and values in turn, as a JSON object of texts. Its {@code
 * line} becomes {@code message}. What goes beyond the limit is left out.
 */
final class Pairs {
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final byte[] LINE = "line".getBytes(US_ASCII);
  private static final byte[] MESSAGE = "message".getBytes(US_ASCII);

  private final int limit;
  private final long number;
  private final long texts;
  private final ByteArrayOutputStream json = new ByteArrayOutputStream();
  private long seen;
  private boolean cut;

  Pairs(int limit, long number, long pairs) {
    this.limit = limit;
    this.number = number;
    this.texts = pairs * 2;
    json.write('{');
  }

  /** The event's place in its window. */
  long number() {
    return number;
  }

  boolean isWhole() {
    return seen == texts;
  }

  boolean isCut() {
    return cut;
  }

  /** The next key or value. */
  void add(byte[] bytes, int from, int to, boolean isCut) {
    boolean isKey = seen++ % 2 == 0;
    cut |= isCut;
    if (json.size() > limit) {
      cut = true;
      return;
    }
    if (isKey && seen > 1) {
      json.write(',');
    } else if (!isKey) {
      json.write(':');
    }
    boolean isLine = isKey && Arrays.equals(bytes, from, to, LINE, 0, LINE.length);
    text(isLine ? MESSAGE : bytes, isLine ? 0 : from, isLine ? MESSAGE.length : to);
  }

  byte[] json() {
    json.write('}');
    return json.toByteArray();
  }

  private void text(byte[] bytes, int from, int to) {
    json.write('"');
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '"' || b == '\\') {
        json.write('\\');
        json.write(b);
      } else if (b >= 0 && b < ' ') {
        json.write('\\');
        json.write('u');
        json.write('0');
        json.write('0');
        json.write(HEX[b >> 4]);
        json.write(HEX[b & 15]);
      } else {
        json.write(b);
      }
    }
    json.write('"');
  }
}
