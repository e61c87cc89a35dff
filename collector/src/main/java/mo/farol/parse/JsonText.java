package mo.farol.parse;

/**
 * The JSON string scanned last: a slice of the source where it holds no escape, otherwise undone
 * into an array of its own. A lone surrogate becomes U+FFFD; raw control characters pass.
 */
final class JsonText {
  private byte[] plain = new byte[4096];
  private boolean isPlain;
  private int from;
  private int to;

  /** Scans from after the opening quote; the index of the closing one, or -1. */
  int scan(byte[] b, int start, int limit) {
    for (int p = start; p < limit; p++) {
      if (b[p] == '"') {
        isPlain = true;
        from = start;
        to = p;
        return p;
      }
      if (b[p] == '\\') {
        return unescape(b, start, p, limit);
      }
    }
    return -1;
  }

  /** Whether the string stands in the source as it is. */
  boolean isPlain() {
    return isPlain;
  }

  byte[] bytes(byte[] source) {
    return isPlain ? source : plain;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  private int unescape(byte[] b, int start, int firstEscape, int limit) {
    if (plain.length < limit - start) {
      plain = new byte[limit - start];
    }
    int length = firstEscape - start;
    System.arraycopy(b, start, plain, 0, length);
    int p = firstEscape;
    while (p < limit && b[p] != '"') {
      if (b[p] != '\\') {
        plain[length++] = b[p++];
        continue;
      }
      if (p + 1 >= limit) {
        return -1;
      }
      if (b[p + 1] == 'u') {
        int unit = unit(b, p, limit);
        int low = unit >= 0xd800 && unit < 0xdc00 ? unit(b, p + 6, limit) : -1;
        boolean paired = low >= 0xdc00 && low < 0xe000;
        if (unit < 0) {
          return -1;
        }
        length = put(paired ? Character.toCodePoint((char) unit, (char) low) : unit, length);
        p += paired ? 12 : 6;
      } else {
        int c = simple(b[p + 1]);
        if (c < 0) {
          return -1;
        }
        plain[length++] = (byte) c;
        p += 2;
      }
    }
    isPlain = false;
    from = 0;
    to = length;
    return p < limit ? p : -1;
  }

  private static int simple(byte c) {
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }

  /** The UTF-16 unit of a backslash-u escape at {@code p}, or -1. */
  private static int unit(byte[] b, int p, int limit) {
    if (p + 6 > limit || b[p] != '\\' || b[p + 1] != 'u') {
      return -1;
    }
    int value = 0;
    for (int i = p + 2; i < p + 6; i++) {
      int digit = Character.digit(b[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  private int put(int codePoint, int at) {
    int c = codePoint >= 0xd800 && codePoint < 0xe000 ? 0xfffd : codePoint;
    int p = at;
    if (c < 0x80) {
      plain[p++] = (byte) c;
    } else if (c < 0x800) {
      plain[p++] = (byte) (0xc0 | (c >> 6));
      plain[p++] = (byte) (0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
      plain[p++] = (byte) (0xe0 | (c >> 12));
      plain[p++] = (byte) (0x80 | ((c >> 6) & 0x3f));
      plain[p++] = (byte) (0x80 | (c & 0x3f));
    } else {
      plain[p++] = (byte) (0xf0 | (c >> 18));
      plain[p++] = (byte) (0x80 | ((c >> 12) & 0x3f));
      plain[p++] = (byte) (0x80 | ((c >> 6) & 0x3f));
      plain[p++] = (byte) (0x80 | (c & 0x3f));
    }
    return p;
  }
}
