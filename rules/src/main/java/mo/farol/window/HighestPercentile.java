package mo.farol.window;

import java.util.Random;

/**
 * The highest percentile of the windows that hold one hit, without an order of all their numbers:
 * one window's figure is found, then in one walk over the rows those whose figure is higher, of
 * which another is taken. Each walk leaves about half, so that a hit which comes very late costs a
 * few walks over plain arrays. One thread.
 */
final class HighestPercentile {
  private final double percentile;
  private final Random random = new Random(20_261_126);
  private double[] numbers = {};
  private long[] weights = {};
  private int[] lows = {}; // by the last row of a window: its first
  private int[] higher = {};
  private double[] order = {};
  private long[] orderWeights = {};

  HighestPercentile(double percentile) {
    this.percentile = percentile;
  }

  /** Longs that it takes. */
  long longs() {
    return 5L * numbers.length;
  }

  /**
   * Among the windows that hold the hit at a place that of the highest figure, of equals the
   * earliest.
   */
  Tally.Window find(Ring ring, int place, long span) {
    int first = ring.firstFrom(ring.at(place) - span);
    int rows = ring.firstFrom(ring.at(place) + span + 1) - first;
    load(ring, first, rows, span);
    int from = place - first;
    int count = 0;
    for (int to = from; to < rows; to++) {
      higher[count++] = to;
    }
    double best = Double.NEGATIVE_INFINITY;
    while (count > 0) {
      int to = higher[random.nextInt(count)];
      best = percentile(lows[to], to);
      count = higher(from, rows, best);
    }
    int to = earliest(from, rows, best);
    return new Tally.Window(first + lows[to], first + to, best);
  }

  private void load(Ring ring, int first, int rows, long span) {
    if (rows > numbers.length) {
      int room = rows * 3 / 2;
      numbers = new double[room];
      weights = new long[room];
      lows = new int[room];
      higher = new int[room];
      order = new double[room];
      orderWeights = new long[room];
    }
    int low = 0;
    for (int i = 0; i < rows; i++) {
      numbers[i] = ring.number(first + i);
      weights[i] = ring.weight(first + i);
      for (long oldest = ring.at(first + i) - span; ring.at(first + low) < oldest; low++) {}
      lows[i] = low;
    }
  }

  /** Keeps the windows whose figure is higher than a number; says how many. */
  private int higher(int from, int rows, double than) {
    int count = 0;
    int low = 0;
    long total = 0;
    long upTo = 0;
    for (int i = 0; i < rows; i++) {
      total += weights[i];
      upTo += numbers[i] <= than ? weights[i] : 0;
      for (; low < lows[i]; low++) {
        total -= weights[low];
        upTo -= numbers[low] <= than ? weights[low] : 0;
      }
      if (i >= from && upTo < rank(total)) {
        higher[count++] = i;
      }
    }
    return count;
  }

  private int earliest(int from, int rows, double best) {
    int low = 0;
    long total = 0;
    long below = 0;
    for (int i = 0; i < rows; i++) {
      total += weights[i];
      below += numbers[i] < best ? weights[i] : 0;
      for (; low < lows[i]; low++) {
        total -= weights[low];
        below -= numbers[low] < best ? weights[low] : 0;
      }
      if (i >= from && below < rank(total)) {
        return i;
      }
    }
    throw new IllegalStateException("no window has the figure that one has");
  }

  private long rank(long total) {
    return Math.max(1, PercentileTally.rank(percentile, total));
  }

  // By parting the rows around one of them, and going on with the part that holds the rank.
  private double percentile(int from, int to) {
    int high = to - from;
    System.arraycopy(numbers, from, order, 0, high + 1);
    System.arraycopy(weights, from, orderWeights, 0, high + 1);
    long total = 0;
    for (int i = 0; i <= high; i++) {
      total += orderWeights[i];
    }
    long rank = rank(total);
    int low = 0;
    while (low < high) {
      double pivot = order[low + random.nextInt(high - low + 1)];
      int below = part(low, high, pivot, false);
      long left = weight(low, below);
      if (rank <= left) {
        high = below - 1;
        continue;
      }
      int upTo = part(below, high, pivot, true);
      long middle = left + weight(below, upTo);
      if (rank <= middle) {
        return pivot;
      }
      rank -= middle;
      low = upTo;
    }
    return order[low];
  }

  private long weight(int from, int to) {
    long weight = 0;
    for (int i = from; i < to; i++) {
      weight += orderWeights[i];
    }
    return weight;
  }

  // Those below the pivot, or with it, come first; says where the others begin.
  private int part(int from, int to, double pivot, boolean with) {
    int next = from;
    for (int i = from; i <= to; i++) {
      if (order[i] < pivot || (with && order[i] == pivot)) {
        double number = order[i];
        long weight = orderWeights[i];
        order[i] = order[next];
        orderWeights[i] = orderWeights[next];
        order[next] = number;
        orderWeights[next++] = weight;
      }
    }
    return next;
  }
}
