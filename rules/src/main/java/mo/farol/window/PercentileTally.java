package mo.farol.window;

/**
 * The percentile of numbers by nearest rank: of N numbers in order, the one at place ⌈P/100·N⌉,
 * counted from 1. It is always one of the numbers; the median of an even count is the lower of the
 * two in the middle.
 */
final class PercentileTally extends SlidingTally {
  private static final double SLACK = 1e-9; // of products such as 99.9 · 1000 / 100
  private static final int FAR = 256; // rows behind a late hit

  private final double percentile;
  private final RankedNumbers numbers = new RankedNumbers();
  private final HighestPercentile highest;

  PercentileTally(double percentile) {
    this.percentile = percentile;
    highest = new HighestPercentile(percentile);
  }

  @Override
  public long longs() {
    return numbers.longs() + highest.longs();
  }

  @Override
  void clear() {
    numbers.clear();
  }

  @Override
  void add(Ring ring, int i) {
    numbers.add(ring.number(i), ring.weight(i));
  }

  @Override
  void remove(Ring ring, int i) {
    numbers.add(ring.number(i), -ring.weight(i));
  }

  @Override
  double value(Ring ring, int place) {
    return numbers.at(rank(percentile, numbers.total()));
  }

  /** The place of the percentile among so many numbers. */
  static long rank(double percentile, long total) {
    return (long) Math.ceil(percentile * total / 100 - SLACK);
  }

  @Override
  Window around(Ring ring, int place, long span) {
    return ring.size() - place > FAR
        ? highest.find(ring, place, span)
        : super.around(ring, place, span);
  }
}
