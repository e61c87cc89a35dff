package mo.farol.hunt;

import java.util.Arrays;

/**
 * Which events are to be counted over time, by the minute in which they were: eight bytes each. For
 * one thread.
 */
final class Moments {
  private static final int SEQUENCE_BITS = 37; // 137 billion
  private static final long SEQUENCES = (1L << SEQUENCE_BITS) - 1;
  private static final long MINUTES = (1L << 26) - 1; // until 2097
  private static final long MINUTE = 60_000_000; // microseconds

  private final int most;
  private long[] packed = new long[64];
  private int size;

  Moments(int most) {
    this.most = most;
  }

  /** Takes one; false where there is no room for it. */
  boolean add(long atMicros, long sequence) {
    if (size == most) {
      return false;
    }
    if (size == packed.length) {
      packed = Arrays.copyOf(packed, Math.min(most, 2 * size));
    }
    long minute = Math.clamp(Math.floorDiv(atMicros, MINUTE), 0, MINUTES);
    packed[size++] = minute << SEQUENCE_BITS | sequence & SEQUENCES;
    return true;
  }

  int size() {
    return size;
  }

  /** Puts them in the order of their minutes, those of one in the order of the journal. */
  void sort() {
    Arrays.sort(packed, 0, size);
  }

  /**
   * Where a part ends that begins at a place: so many at most, and minutes whole where that is
   * possible.
   */
  int partEnd(int from, int many) {
    int end = Math.min(size, from + many);
    int whole = end;
    while (whole < size && whole > from && minute(whole) == minute(whole - 1)) {
      whole--;
    }
    return whole > from ? whole : end;
  }

  private long minute(int place) {
    return packed[place] >>> SEQUENCE_BITS;
  }

  /** The sequence at a place. */
  long sequence(int place) {
    return packed[place] & SEQUENCES;
  }
}
