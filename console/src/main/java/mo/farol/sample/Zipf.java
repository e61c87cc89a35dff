package mo.farol.sample;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Ranks as they come in life: the second half as often as the first, the third a third. */
final class Zipf {
  private final double[] upTo;

  /**
   * @param ranks how many there are
   */
  Zipf(int ranks) {
    upTo = new double[ranks];
    double sum = 0;
    for (int i = 0; i < ranks; i++) {
      sum += 1.0 / (i + 1);
      upTo[i] = sum;
    }
  }

  /** A rank, 0 the most frequent. */
  int draw(SplittableRandom random) {
    int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
    return Math.min(at < 0 ? ~at : at + 1, upTo.length - 1);
  }
}
