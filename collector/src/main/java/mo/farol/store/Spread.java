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

  private final int most;
  private final Budget budget;
  private double[] values = new double[4];
  private long[] counts = {};
  private int size;
  private long count;
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
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    count++;
    if (isEstimate()) {
      count(middle(value), 1);
      return;
    }
    if (size == values.length) {
      int wanted = Math.min(size * 2, most);
      if (size >= most || !budget.take((long) (wanted - size) * Double.BYTES)) {
        estimate();
        count(middle(value), 1);
        return;
      }
      values = Arrays.copyOf(values, wanted);
    }
    values[size++] = value;
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

  /** Rank, from 1, of a percentile among so many. */
  static long rank(double percent, long count) {
    return Math.clamp((long) Math.ceil(percent * count / 100), 1, count);
  }

  private void estimate() {
    double[] all = Arrays.copyOf(values, size);
    Arrays.sort(all);
    values = new double[64];
    counts = new long[64];
    size = 0;
    for (double value : all) {
      count(middle(value), 1);
    }
  }

  private void count(double middle, long more) {
    int at = Arrays.binarySearch(values, 0, size, middle);
    if (at >= 0) {
      counts[at] += more;
      return;
    }
    int place = ~at;
    if (size == values.length) {
      // At most a few thousand intervals for numbers of up to 32 digits.
      budget.take((long) size * BYTES_AN_INTERVAL);
      values = Arrays.copyOf(values, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(values, place, values, place + 1, size - place);
    System.arraycopy(counts, place, counts, place + 1, size - place);
    values[place] = middle;
    counts[place] = more;
    size++;
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
