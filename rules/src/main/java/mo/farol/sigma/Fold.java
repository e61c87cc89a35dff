package mo.farol.sigma;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What "without case" means for Farol: each character is folded by itself, ASCII to lower-case
 * ASCII, others by their upper then lower case, and a character outside ASCII never becomes one
 * inside it. Folding text and folding its UTF-8 bytes give the same.
 */
public final class Fold {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  private Fold() {}

  /** Folds one code point. */
  public static int codePoint(int c) {
    if (c < 128) {
      return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
    int folded = Character.toLowerCase(Character.toUpperCase(c));
    return folded < 128 ? c : folded;
  }

  /** Folds a text. */
  public static String text(String text) {
    return text.codePoints()
        .map(Fold::codePoint)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /**
   * Folds UTF-8 bytes. Broken sequences are copied as they are.
   *
   * @param to must have room for {@link #room} bytes from {@code at} on
   * @return index after the last byte written
   */
  public static int utf8(byte[] from, int start, int length, byte[] to, int at) {
    long high = 0;
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      long eight = (long) EIGHT.get(from, start + i);
      high |= eight;
      EIGHT.set(to, at + i, lower(eight));
    }
    for (; i < length; i++) {
      int b = from[start + i];
      high |= b;
      to[at + i] = (byte) (b >= 'A' && b <= 'Z' ? b + 32 : b);
    }
    return (high & HIGH) == 0 ? at + length : wide(from, start, start + length, to, at);
  }

  // Eight bytes at once: the upper bit of each says whether it is one of A to Z, and moves down to
  // where the two cases differ. Bytes beyond ASCII are wrong for a while: wide goes over them.
  private static long lower(long eight) {
    long low = eight & ~HIGH;
    long fromA = low + (0x80 - 'A') * ONES;
    long beyondZ = low + (0x80 - 'Z' - 1) * ONES;
    return eight | ((fromA & ~beyondZ & ~eight & HIGH) >>> 2);
  }

  /** Bytes that folding so many can fill at most: a two-byte character may fold to three. */
  public static int room(int length) {
    return length + length / 2 + 4;
  }

  private static int wide(byte[] from, int start, int end, byte[] to, int at) {
    int out = at;
    for (int i = start; i < end; ) {
      int size = size(from, i, end);
      if (size == 1) {
        int b = from[i++];
        to[out++] = (byte) (b >= 'A' && b <= 'Z' ? b + 32 : b);
      } else {
        out = put(codePoint(decode(from, i, size)), to, out);
        i += size;
      }
    }
    return out;
  }

  /** Bytes of the well-formed character at {@code i}; 1 for ASCII and for anything broken. */
  public static int size(byte[] utf8, int i, int end) {
    int b = utf8[i] & 0xff;
    int size = b < 0xc2 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 1;
    if (size == 1 || i + size > end) {
      return 1;
    }
    for (int k = 1; k < size; k++) {
      if ((utf8[i + k] & 0xc0) != 0x80) {
        return 1;
      }
    }
    int c = size == 2 ? 0x80 : decode(utf8, i, size);
    boolean sound =
        size == 2
            || (size == 3
                ? c >= 0x800 && (c < 0xd800 || c > 0xdfff)
                : c >= 0x10000 && c <= 0x10ffff);
    return sound ? size : 1;
  }

  private static int decode(byte[] b, int i, int size) {
    return switch (size) {
      case 2 -> ((b[i] & 0x1f) << 6) | (b[i + 1] & 0x3f);
      case 3 -> ((b[i] & 0x0f) << 12) | ((b[i + 1] & 0x3f) << 6) | (b[i + 2] & 0x3f);
      default ->
          ((b[i] & 0x07) << 18)
              | ((b[i + 1] & 0x3f) << 12)
              | ((b[i + 2] & 0x3f) << 6)
              | (b[i + 3] & 0x3f);
    };
  }

  private static int put(int c, byte[] to, int at) {
    int out = at;
    if (c < 0x800) {
      to[out++] = (byte) (0xc0 | (c >> 6));
    } else if (c < 0x10000) {
      to[out++] = (byte) (0xe0 | (c >> 12));
      to[out++] = (byte) (0x80 | ((c >> 6) & 0x3f));
    } else {
      to[out++] = (byte) (0xf0 | (c >> 18));
      to[out++] = (byte) (0x80 | ((c >> 12) & 0x3f));
      to[out++] = (byte) (0x80 | ((c >> 6) & 0x3f));
    }
    to[out++] = (byte) (0x80 | (c & 0x3f));
    return out;
  }
}
