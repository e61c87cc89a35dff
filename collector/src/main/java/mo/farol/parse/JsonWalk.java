package mo.farol.parse;

/**
 * Steps through the members of one JSON object or the elements of one array, without descending and
 * without making anything of them. {@link #next} ends where the grammar is broken; {@link #isWhole}
 * tells the difference.
 */
public final class JsonWalk {
  private final JsonScan scan = new JsonScan();
  private byte[] bytes = {};
  private int to;
  private int at;
  private boolean object;
  private boolean first;
  private boolean whole;
  private int keyFrom;
  private int keyTo;
  private int valueFrom;
  private int valueTo;

  /** Starts with the object or array that begins at {@code from}; false where there is none. */
  public boolean enter(byte[] b, int from, int limit) {
    bytes = b;
    to = limit;
    at = JsonScan.skip(b, from, limit);
    first = true;
    whole = false;
    keyFrom = 0;
    keyTo = 0;
    if (at >= limit || (b[at] != '{' && b[at] != '[')) {
      at = -1;
      return false;
    }
    object = b[at++] == '{';
    return true;
  }

  /** Goes to the next member or element; false after the last one or where nothing can be read. */
  public boolean next() {
    int p = at < 0 ? to : JsonScan.skip(bytes, at, to);
    at = -1;
    if (p >= to || bytes[p] == (object ? '}' : ']')) {
      whole = p < to;
      valueTo = whole ? p + 1 : to;
      return false;
    }
    if (!first) {
      if (bytes[p] != ',') {
        return false;
      }
      p = JsonScan.skip(bytes, p + 1, to);
    }
    first = false;
    return object ? member(p) : element(p);
  }

  /** Whether the closing bracket was reached. */
  public boolean isWhole() {
    return whole;
  }

  /** Index after the closing bracket, once {@link #isWhole}. */
  public int end() {
    return valueTo;
  }

  /** Whether the member's key is this, compared as it is written. */
  public boolean isKey(byte[] name) {
    return object && Ascii.is(bytes, keyFrom, keyTo, name);
  }

  public int keyFrom() {
    return keyFrom;
  }

  public int keyTo() {
    return keyTo;
  }

  /** Index of the value's first byte. */
  public int from() {
    return valueFrom;
  }

  /** Index after the value's last byte. */
  public int to() {
    return valueTo;
  }

  /** First byte of the value: tells its kind. */
  public byte kind() {
    return bytes[valueFrom];
  }

  private boolean member(int p) {
    int value = JsonScan.key(bytes, p, to);
    if (value < 0) {
      return false;
    }
    keyFrom = p + 1;
    keyTo = JsonScan.string(bytes, p, to) - 1;
    return element(value);
  }

  private boolean element(int p) {
    valueFrom = JsonScan.skip(bytes, p, to);
    int end = scan.end(bytes, valueFrom, to);
    if (end < 0) {
      return false;
    }
    valueTo = end;
    at = end;
    return true;
  }
}
