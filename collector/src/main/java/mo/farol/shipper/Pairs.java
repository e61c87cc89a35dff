package mo.farol.shipper;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import mo.farol.wire.Gathering;

/**
 * An event of Lumberjack version 1, keys and values in turn, as a JSON object of texts. Its {@code
 * line} becomes {@code message}. What goes beyond the limit is left out, and measured.
 */
final class Pairs {
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final byte[] LINE = "line".getBytes(US_ASCII);
  private static final byte[] MESSAGE = "message".getBytes(US_ASCII);
  private static final byte[] BEGIN = "{\"".getBytes(US_ASCII);
  private static final byte[] NEXT = ",\"".getBytes(US_ASCII);
  private static final byte[] COLON = "\":\"".getBytes(US_ASCII);
  private static final byte[] QUOTE = "\"".getBytes(US_ASCII);
  private static final byte[] END = "}".getBytes(US_ASCII);

  private final long number;
  private final long texts;
  private final Gathering key;
  private final Gathering json;
  private final byte[] escape = "\\u00xx".getBytes(US_ASCII);
  private long seen;

  Pairs(int limit, long number, long pairs) {
    this.number = number;
    this.texts = pairs * 2;
    this.key = new Gathering(limit);
    this.json = new Gathering(limit);
    if (texts == 0) {
      put(BEGIN, 1);
    }
  }

  /** The event's place in its window. */
  long number() {
    return number;
  }

  boolean isWhole() {
    return seen == texts;
  }

  /** The next bytes of a key or a value. */
  void add(byte[] bytes, int from, int to) {
    if (isKey()) {
      key.add(bytes, from, to);
    } else {
      text(bytes, from, to);
    }
  }

  /** A key or a value ends; false for a key that is longer than the whole event may be. */
  boolean endText() {
    if (key.isCut()) {
      return false;
    }
    if (isKey()) {
      byte[] name = key.bytes();
      boolean isLine = Arrays.equals(name, 0, key.kept(), LINE, 0, LINE.length);
      put(seen == 0 ? BEGIN : NEXT, 2);
      text(isLine ? MESSAGE : name, 0, isLine ? MESSAGE.length : key.kept());
      put(COLON, COLON.length);
      key.clear();
    } else {
      put(QUOTE, 1);
    }
    seen++;
    return true;
  }

  /** The event, once it is whole. */
  Gathering json() {
    put(END, 1);
    return json;
  }

  private boolean isKey() {
    return seen % 2 == 0;
  }

  private void text(byte[] bytes, int from, int to) {
    int at = from;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      boolean isControl = b >= 0 && b < ' ';
      if (isControl || b == '"' || b == '\\') {
        json.add(bytes, at, i);
        at = i + 1;
        escape(b, isControl);
      }
    }
    json.add(bytes, at, to);
  }

  private void escape(byte b, boolean isControl) {
    if (isControl) {
      escape[1] = 'u';
      escape[4] = HEX[b >> 4];
      escape[5] = HEX[b & 15];
      put(escape, escape.length);
    } else {
      escape[1] = b;
      put(escape, 2);
    }
  }

  private void put(byte[] bytes, int length) {
    json.add(bytes, 0, length);
  }
}
