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
  private static final long LINE_FEEDS = ONES * '\n';

  private Delimiter() {}

  /** Index of the first LF or NUL, or {@code to}. */
  static int find(byte[] bytes, int from, int to) {
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long word = (long) LONGS.get(bytes, i);
      long found = zeros(word) | zeros(word ^ LINE_FEEDS);
      if (found != 0) {
        return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (i < to && bytes[i] != '\n' && bytes[i] != 0) {
      i++;
    }
    return i;
  }

  // The high bit of each zero byte; a borrow may also mark a byte after the first, never before it.
  private static long zeros(long word) {
    return word - ONES & ~word & HIGHS;
  }
}
