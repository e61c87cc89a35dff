package mo.farol.store;

/**
 * The coding of a row of bits: the lengths of its stretches of zeros as Golomb-Rice codes. First
 * three bits, how many low bits each length has that are written as they are; then for each one of
 * the row the high part as so many zeros and a one, and those low bits. Zeros fill the last byte. A
 * row of zeros has no bytes.
 */
final class TrigramRow {
  /** Bytes of a row, at most; those that reading may look at. */
  static final int MOST = Trigrams.RUNS / Byte.SIZE + 8;

  private static final int HEAD = 3;
  private static final int MOST_LOW = 7;

  /** A coded gap is as short as can be with about so many low bits of the mean one. */
  private static final double OF_MEAN = 0.69;

  private TrigramRow() {}

  /**
   * Codes a row behind others.
   *
   * @param from the row's first word
   * @param into zeros from {@code at} on
   * @return index after it
   */
  static int write(long[] rows, int from, int words, int runs, byte[] into, int at) {
    int ones = 0;
    for (int i = from; i < from + words; i++) {
      ones += Long.bitCount(rows[i]);
    }
    if (ones == 0) {
      return at;
    }
    int low = low((double) runs / ones);
    into[at] = (byte) (low << Byte.SIZE - HEAD);
    int bit = at * Byte.SIZE + HEAD;
    int before = -1;
    for (int i = 0; i < words; i++) {
      for (long left = rows[from + i]; left != 0; left &= left - 1) {
        int run = i << 6 | Long.numberOfTrailingZeros(left);
        bit = put(run - before - 1, low, into, bit);
        before = run;
      }
    }
    return bit + Byte.SIZE - 1 >> 3;
  }

  private static int low(double mean) {
    int whole = (int) (OF_MEAN * mean);
    return whole < 2
        ? 0
        : Math.min(MOST_LOW, Integer.SIZE - 1 - Integer.numberOfLeadingZeros(whole));
  }

  private static int put(int zeros, int low, byte[] into, int at) {
    int one = at + (zeros >> low);
    into[one >> 3] |= (byte) (0x80 >> (one & 7));
    int rest = one + 1;
    int two = (zeros & (1 << low) - 1) << 16 - low - (rest & 7);
    into[rest >> 3] |= (byte) (two >> 8);
    into[(rest >> 3) + 1] |= (byte) two;
    return rest + low;
  }

  /**
   * Sets the ones of a row.
   *
   * @param length bytes; behind them may be anything
   */
  static void read(byte[] from, int length, long[] into) {
    int low = (from[0] & 0xFF) >> Byte.SIZE - HEAD;
    int end = length * Byte.SIZE;
    int run = -1;
    int at = HEAD;
    while (true) {
      int one = one(from, at, end);
      if (one >= end) {
        return;
      }
      int rest = one + 1;
      int two = (from[rest >> 3] & 0xFF) << 8 | from[(rest >> 3) + 1] & 0xFF;
      run += 1 + (one - at << low | two >> 16 - low - (rest & 7) & (1 << low) - 1);
      into[run >> 6] |= 1L << run;
      at = rest + low;
    }
  }

  // The next bit that is set, or where there is none some place behind the end.
  private static int one(byte[] bytes, int from, int end) {
    int at = from;
    int ahead = (bytes[at >> 3] & 0xFF) << Integer.SIZE - Byte.SIZE + (at & 7);
    while (ahead == 0) {
      at = (at | 7) + 1;
      if (at >= end) {
        return end;
      }
      ahead = (bytes[at >> 3] & 0xFF) << Integer.SIZE - Byte.SIZE;
    }
    return at + Integer.numberOfLeadingZeros(ahead);
  }
}
