package mo.farol.sample;

import java.util.List;
import java.util.SplittableRandom;

/** Seeded chance, so that a sample can be told again. Not thread-safe. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** 0 to {@code bound - 1}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** {@code from} to {@code to}, both included. */
  int between(int from, int to) {
    return random.nextInt(from, to + 1);
  }

  /** One of the list, the early ones far more often, as in life. */
  <T> T skewed(List<T> list) {
    double u = random.nextDouble();
    return list.get((int) (u * u * list.size()));
  }

  <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
