package mo.farol.parse;

/** Numbers by RFC 8259 section 6. */
final class JsonNumber {
  /** No number stands here. */
  static final int NONE = -1;

  /** A number begins here but goes wrong. */
  static final int BROKEN = -2;

  private JsonNumber() {}

  /** Index after the number that begins here, or {@link #NONE} or {@link #BROKEN}. */
  static int end(byte[] b, int from, int to) {
    int p = b[from] == '-' ? from + 1 : from;
    int whole = Ascii.skipDigits(b, p, to);
    if (whole == p || (whole - p > 1 && b[p] == '0')) {
      return NONE;
    }
    return exponent(b, fraction(b, whole, to), to);
  }

  private static int fraction(byte[] b, int from, int to) {
    if (from >= to || b[from] != '.') {
      return from;
    }
    int end = Ascii.skipDigits(b, from + 1, to);
    return end == from + 1 ? BROKEN : end;
  }

  private static int exponent(byte[] b, int from, int to) {
    if (from < 0 || from >= to || (b[from] | 0x20) != 'e') {
      return from;
    }
    int p = from + 1 < to && (b[from + 1] == '+' || b[from + 1] == '-') ? from + 2 : from + 1;
    int end = Ascii.skipDigits(b, p, to);
    return end == p ? BROKEN : end;
  }
}
