package mo.farol.journal;

import java.io.IOException;

/** Tells bytes that a disk never took from bytes that went bad on it. */
final class Sectors {
  /** The least that a disk takes or does not take as one, in bytes. */
  private static final int SECTOR = 512;

  private static final int PIECE = 2_048 * SECTOR;

  private Sectors() {}

  /**
   * Whether some sector between two offsets reads as zeros, as one does that was not written before
   * the power went. What goes bad later loses bits, not sectors; what the disk does not give at all
   * ({@link SegmentHeader#blind}) says nothing.
   *
   * @param isBegin whether a write began at {@code from}: the rest of its first sector may have
   *     been lost, though what stood in it before is there
   */
  static boolean isAnyLost(Headers headers, Segment segment, long from, long to, boolean isBegin)
      throws IOException {
    long begin = Math.max(from, segment.header().blind());
    long at = begin == from && isBegin ? from : up(begin);
    while (at < to) {
      int length = (int) Math.min(to - at, PIECE - at % SECTOR);
      byte[] bytes = headers.bytes(segment, at, length);
      boolean isLast = at + length == segment.end();
      for (int i = 0; i < length; ) {
        int next = (int) Math.min(length, i + SECTOR - (at + i) % SECTOR);
        boolean isWhole = (at + next) % SECTOR == 0 || isLast;
        if (isWhole && areZeros(bytes, i, next)) {
          return true;
        }
        i = next;
      }
      at += length;
    }
    return false;
  }

  /** Where the sector ends in which lies what comes before an offset. */
  static long up(long offset) {
    return (offset + SECTOR - 1) / SECTOR * SECTOR;
  }

  private static boolean areZeros(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
