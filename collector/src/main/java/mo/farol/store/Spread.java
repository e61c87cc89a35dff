package mo.farol.store;

import java.util.Arrays;

/**
 * How numbers are spread: each of them up to a bound, beyond it how many lie in each of intervals
 * so narrow that their middle is off by at most 0.4 % of the value (seven bits of the fraction).
 */
final class Spread {
  /** Greatest error of an estimate, of the value. */
  static final double ERROR = 1.0 / 256;

  private static final int CUT = 52 - 7;
  private static final int BYTES_AN_INTERVAL = 16;
  private static final int FIRST_INTERVALS = 8;
  private static final long PARTS = 10_000;

  private final int most;
  private final Budget budget;
  private double[] values = new double[4];
  private long[] counts = {};
  private int size;
  private long count;
  private long dropped;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;

  /**
   * @param most numbers that are kept one by one
   */
  Spread(int most, Budget budget) {
    this.most = most;
    this.budget = budget;
  }

  void add(double value) {
    if (!keep(value)) {
      dropped++;
      return;
    }
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    count++;
  }

  /** How many numbers there was no memory for; they are in no percentile. */
  long dropped() {
    return dropped;
  }

  boolean isEstimate() {
    return counts.length > 0;
  }

  /** The number at the nearest rank: so many percent of all do not exceed it. */
  double at(double percent) {
    long rank = rank(percent, count);
    if (!isEstimate()) {
      Arrays.sort(values, 0, size);
      return values[(int) rank - 1];
    }
    long below = 0;
    int i = 0;
    while (below + counts[i] < rank) {
      below += counts[i++];
    }
    return Math.clamp(values[i], least, greatest);
  }

  /** Rank, from 1, of a percentile among so many, in whole ten-thousandths of a percent. */
  static long rank(double percent, long count) {
    long parts = Math.round(percent * PARTS);
    return Math.clamp(Math.ceilDiv(parts * count, 100L * PARTS), 1, count);
  }

  // False where there is no memory for it.
  private boolean keep(double value) {
    if (isEstimate()) {
      return count(middle(value));
    }
    if (size < values.length) {
      values[size++] = value;
      return true;
    }
    int wanted = Math.min(size * 2, most);
    if (size < most && budget.take((long) (wanted - size) * Double.BYTES)) {
      values = Arrays.copyOf(values, wanted);
      values[size++] = value;
      return true;
    }
    return estimate() && count(middle(value));
  }

  // Puts the numbers into intervals; false, and nothing done, where there is no memory for them.
  private boolean estimate() {
    Arrays.sort(values, 0, size);
    int intervals = 1;
    for (int i = 1; i < size; i++) {
      intervals += middle(values[i]) == middle(values[i - 1]) ? 0 : 1;
    }
    int room = Math.max(FIRST_INTERVALS, intervals + 1);
    long bytes = (long) room * BYTES_AN_INTERVAL - (long) values.length * Double.BYTES;
    if (bytes < 0) {
      budget.give(-bytes);
    } else if (!budget.take(bytes)) {
      return false;
    }
    double[] all = values;
    int known = size;
    values = new double[room];
    counts = new long[room];
    size = 0;
    for (int i = 0; i < known; i++) {
      count(middle(all[i]));
    }
    return true;
  }

  // At most some ten thousand intervals for numbers of up to 32 digits.
  private boolean count(double middle) {
    int at = Arrays.binarySearch(values, 0, size, middle);
    if (at >= 0) {
      counts[at]++;
      return true;
    }
    int place = ~at;
    if (size == values.length) {
      if (!budget.take((long) size * BYTES_AN_INTERVAL)) {
        return false;
      }
      values = Arrays.copyOf(values, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(values, place, values, place + 1, size - place);
    System.arraycopy(counts, place, counts, place + 1, size - place);
    values[place] = middle;
    counts[place] = 1;
    size++;
    return true;
  }

  /** The middle of the interval that a number lies in. */
  private static double middle(double value) {
    if (value == 0) {
      return 0;
    }
    long low = Double.doubleToRawLongBits(value) >>> CUT << CUT;
    return Double.longBitsToDouble(low | 1L << (CUT - 1));
  }
}
