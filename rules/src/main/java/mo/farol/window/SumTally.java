package mo.farol.window;

/**
 * Adds up numbers, or takes their mean. The sum is kept with its rounding errors (Knuth's two-sum),
 * so that what came and left again leaves nothing behind.
 */
final class SumTally extends SlidingTally {
  private final boolean mean;
  private double sum;
  private double rest;
  private long weight;

  SumTally(boolean mean) {
    this.mean = mean;
  }

  @Override
  void clear() {
    sum = 0;
    rest = 0;
    weight = 0;
  }

  @Override
  void add(Ring ring, int i) {
    plus(ring.number(i));
    weight += ring.weight(i);
  }

  @Override
  void remove(Ring ring, int i) {
    plus(-ring.number(i));
    weight -= ring.weight(i);
  }

  private void plus(double number) {
    double total = sum + number;
    double back = total - sum;
    rest += (sum - (total - back)) + (number - back);
    sum = total;
  }

  @Override
  double value(Ring ring, int place) {
    return mean ? (sum + rest) / weight : sum + rest;
  }
}
