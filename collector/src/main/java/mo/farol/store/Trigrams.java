package mo.farol.store;

/**
 * How trigrams lie in their file; the words that its writer and reader share. Terms are taken in
 * runs of neighbours. A block of runs is a bit-sliced signature file: a row of bits for each hash
 * of three bytes, in it a bit for each run, set where a term of the run holds such three bytes. The
 * rows are folded until so many bits are set that more would tell nothing, and {@link TrigramRow
 * coded}.
 *
 * <p>A block: where each 64th row begins behind the lengths, an int each; the length of each row, a
 * byte each; the rows; the place of each run's beginning and of the end of the last one, an int
 * each; the beginnings. A run's beginning is no longer than it takes to tell its first term from
 * the term before.
 */
final class Trigrams {
  static final String CODEC = "FarolTrigrams";
  static final String EXTENSION = "tri";

  /** Guides know how long their longest term is. */
  static final int VERSION = 1;

  /** Files of before, which are read as ever. */
  static final int FIRST_VERSION = 0;

  /** Terms of a run, at most. */
  static final int TERMS = 40;

  /** Runs of a block, but for the last one of its terms. */
  static final int RUNS = 1024;

  static final int RUN_BITS = 10;

  /** Rows of a block, at most. */
  static final int ROWS = 4096;

  /** Rows of a block, at least, and those that share a place. */
  static final int GROUP = 64;

  private static final int ROW_BITS = 12;

  /** Bytes of a text that make it known at all. */
  static final int SHORTEST = 3;

  /** The last two bytes of a small letter that a regular expression takes for an s. */
  static final int LONG_S = 0xC5BF;

  private static final int LONG_S_ROWS = 8;

  private Trigrams() {}

  /** The row of three bytes, were there all rows. */
  static int row(int bytes) {
    return (bytes & 0xFFFFFF) * 0x9E3779B1 >>> Integer.SIZE - ROW_BITS;
  }

  /** Rows that say of a run that a term of it holds {@link #LONG_S}. */
  static int[] longS() {
    int[] rows = new int[LONG_S_ROWS];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(i + 1); // two zeros begin no text
    }
    return rows;
  }

  /** Longs of a row. */
  static int words(int runs) {
    return runs + Long.SIZE - 1 >> 6;
  }
}
