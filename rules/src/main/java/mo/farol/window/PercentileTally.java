package mo.farol.window;

/**
 * The percentile of numbers by nearest rank: of N numbers in order, the one at place ⌈P/100·N⌉,
 * counted from 1. It is always one of the numbers; the median of an even count is the lower of the
 * two in the middle.
 */
final class PercentileTally extends SlidingTally {
  private static final double SLACK = 1e-9; // of products such as 99.9 · 1000 / 100

  private final double percentile;
  private final RankedNumbers numbers = new RankedNumbers();

  PercentileTally(double percentile) {
    this.percentile = percentile;
  }

  @Override
  public long longs() {
    return numbers.longs();
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
    return numbers.at((long) Math.ceil(percentile * numbers.total() / 100 - SLACK));
  }
}
