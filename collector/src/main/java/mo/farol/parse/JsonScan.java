package mo.farol.parse;

/**
 * Where a JSON value (RFC 8259) ends: checks the grammar and takes nothing of it. Makes no object,
 * does not call itself; nesting beyond {@link #DEPTH} is refused. Belongs to one thread.
 */
public final class JsonScan {
  /** Objects and arrays inside one another, at most. */
  public static final int DEPTH = 128;

  private static final byte[] TRUE = Ascii.bytes("true");
  private static final byte[] FALSE = Ascii.bytes("false");
  private static final byte[] NULL = Ascii.bytes("null");
  private static final int BROKEN = -1;

  // One bit a level, the innermost lowest: 1 is an object.
  private long upper;
  private long lower;
  private int depth;
  private boolean opened;

  /** Index after the value that begins at {@code from} or after blanks, or -1. */
  public int end(byte[] b, int from, int to) {
    upper = 0;
    lower = 0;
    depth = 0;
    int p = from;
    do {
      p = value(b, skip(b, p, to), to);
      if (p >= 0 && !opened) {
        p = after(b, p, to);
      }
    } while (p >= 0 && depth > 0);
    return p;
  }

  /** Whether all of {@code b[from .. to)} is one value. */
  public boolean isValue(byte[] b, int from, int to) {
    int end = end(b, from, to);
    return end >= 0 && skip(b, end, to) == to;
  }

  /** First index that is no JSON white space. */
  public static int skip(byte[] b, int from, int to) {
    int p = from;
    while (p < to && (b[p] == ' ' || b[p] == '\t' || b[p] == '\n' || b[p] == '\r')) {
      p++;
    }
    return p;
  }

  /** Index after the string whose opening quote stands at {@code from}, or -1. */
  static int string(byte[] b, int from, int to) {
    for (int p = from + 1; p < to; p++) {
      if (b[p] == '"') {
        return p + 1;
      }
      if (b[p] == '\\') {
        p++;
      }
    }
    return BROKEN;
  }

  // A scalar or an empty container: the index after it. Else the index of the first value inside.
  private int value(byte[] b, int p, int to) {
    opened = false;
    if (p >= to) {
      return BROKEN;
    }
    return switch (b[p]) {
      case '{' -> open(b, p, to, 1, '}');
      case '[' -> open(b, p, to, 0, ']');
      case '"' -> string(b, p, to);
      case 't' -> literal(b, p, to, TRUE);
      case 'f' -> literal(b, p, to, FALSE);
      case 'n' -> literal(b, p, to, NULL);
      default -> number(b, p, to);
    };
  }

  private int open(byte[] b, int from, int to, int kind, char close) {
    int p = skip(b, from + 1, to);
    if (p < to && b[p] == close) {
      return p + 1;
    }
    if (++depth > DEPTH) {
      return BROKEN;
    }
    upper = upper << 1 | lower >>> 63;
    lower = lower << 1 | kind;
    opened = true;
    return kind == 1 ? key(b, p, to) : p;
  }

  // What follows a value: closing brackets, then the index of the next value or of the end.
  private int after(byte[] b, int from, int to) {
    int p = from;
    while (depth > 0) {
      p = skip(b, p, to);
      if (p >= to) {
        return BROKEN;
      }
      boolean object = (lower & 1) == 1;
      if (b[p] == ',') {
        int next = skip(b, p + 1, to);
        return object ? key(b, next, to) : next;
      }
      if (b[p] != (object ? '}' : ']')) {
        return BROKEN;
      }
      lower = lower >>> 1 | upper << 63;
      upper >>>= 1;
      depth--;
      p++;
    }
    return p;
  }

  /** Index after the colon behind a key, or -1. */
  static int key(byte[] b, int p, int to) {
    int end = p < to && b[p] == '"' ? string(b, p, to) : BROKEN;
    int colon = end < 0 ? to : skip(b, end, to);
    return colon < to && b[colon] == ':' ? colon + 1 : BROKEN;
  }

  private static int literal(byte[] b, int p, int to, byte[] word) {
    return Ascii.startsWith(b, p, to, word) ? p + word.length : BROKEN;
  }

  private static int number(byte[] b, int from, int to) {
    int p = b[from] == '-' ? from + 1 : from;
    int whole = Ascii.skipDigits(b, p, to);
    if (whole == p || (whole - p > 1 && b[p] == '0')) {
      return BROKEN;
    }
    int end = whole;
    if (end < to && b[end] == '.') {
      end = Ascii.skipDigits(b, whole + 1, to);
      if (end == whole + 1) {
        return BROKEN;
      }
    }
    return end < to && (b[end] | 0x20) == 'e' ? exponent(b, end + 1, to) : end;
  }

  private static int exponent(byte[] b, int from, int to) {
    int p = from < to && (b[from] == '+' || b[from] == '-') ? from + 1 : from;
    int end = Ascii.skipDigits(b, p, to);
    return end == p ? BROKEN : end;
  }
}
