package mo.farol.store;

/** UTF-8 read and written one code point at a time, without strings. */
final class Utf8 {
  /** What {@link #at} gives for bytes that are not UTF-8; one byte long. */
  static final int BROKEN = (0xFFFD << 3) | 1;

  private Utf8() {}

  /** The code point at {@code i} and its length in bytes, as {@code point << 3 | length}. */
  static int at(byte[] b, int i, int end) {
    int first = b[i];
    if (first >= 0) {
      return (first << 3) | 1;
    }
    int length = first >= -16 ? 4 : first >= -32 ? 3 : first >= -62 ? 2 : 0;
    if (length == 0 || i + length > end) {
      return BROKEN;
    }
    int point = first & (0xFF >>> (length + 1));
    for (int k = 1; k < length; k++) {
      if ((b[i + k] & 0xC0) != 0x80) {
        return BROKEN;
      }
      point = (point << 6) | (b[i + k] & 0x3F);
    }
    return isPlain(point, length) ? (point << 3) | length : BROKEN;
  }

  /** Writes a code point; gives the index after it. */
  static int put(int point, byte[] to, int at) {
    if (point < 0x80) {
      to[at] = (byte) point;
      return at + 1;
    }
    if (point < 0x800) {
      to[at] = (byte) (0xC0 | (point >> 6));
      return tail(point, 1, to, at + 1);
    }
    if (point < 0x10000) {
      to[at] = (byte) (0xE0 | (point >> 12));
      return tail(point, 2, to, at + 1);
    }
    to[at] = (byte) (0xF0 | (point >> 18));
    return tail(point, 3, to, at + 1);
  }

  /** The largest index up to {@code to} that does not cut a code point in two. */
  static int whole(byte[] b, int from, int to, int end) {
    int at = to;
    while (at < end && at > from && (b[at] & 0xC0) == 0x80) {
      at--;
    }
    return at;
  }

  private static int tail(int point, int count, byte[] to, int at) {
    for (int k = count - 1; k >= 0; k--) {
      to[at++] = (byte) (0x80 | ((point >> (6 * k)) & 0x3F));
    }
    return at;
  }

  private static boolean isPlain(int point, int length) {
    return switch (length) {
      case 2 -> point >= 0x80;
      case 3 -> point >= 0x800 && (point < 0xD800 || point > 0xDFFF);
      default -> point >= 0x10000 && point <= 0x10FFFF;
    };
  }
}
