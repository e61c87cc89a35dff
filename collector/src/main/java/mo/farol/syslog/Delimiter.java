package mo.farol.syslog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds what ends a frame on a stream, eight bytes at a time. */
final class Delimiter {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private final byte one;
  private final byte other;
  private final long ones;
  private final long others;

  private Delimiter(char one, char other) {
    this.one = (byte) one;
    this.other = (byte) other;
    this.ones = ONES * one;
    this.others = ONES * other;
  }

  /** What may end a frame where this is how frames end. */
  static Delimiter of(Framing framing) {
    return switch (framing) {
      case AUTO, SHOWN, OCTET -> new Delimiter('\n', '\0');
      case LF -> new Delimiter('\n', '\n');
      case NUL -> new Delimiter('\0', '\0');
    };
  }

  /** Index of the first one, or {@code to}. */
  int find(byte[] bytes, int from, int to) {
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long word = (long) LONGS.get(bytes, i);
      long found = zeros(word ^ ones) | zeros(word ^ others);
      if (found != 0) {
        return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (i < to && bytes[i] != one && bytes[i] != other) {
      i++;
    }
    return i;
  }

  // The high bit of each zero byte; a borrow may also mark a byte after the first, never before it.
  private static long zeros(long word) {
    return word - ONES & ~word & HIGHS;
  }
}
