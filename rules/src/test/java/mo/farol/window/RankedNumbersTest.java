package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankedNumbersTest {
  private final RankedNumbers numbers = new RankedNumbers();

  /** Numbers with how often each is there, in no order. */
  private record Some(double number, int times) {}

  @Test
  void the_number_at_every_rank_is_that_of_a_sorted_list() {
    long seed = Play.seed();
    var random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      numbers.clear();
      var there = new ArrayList<Some>();
      int values = random.nextBoolean() ? 20 : 10_000;
      for (int i = 0; i < 4_000; i++) {
        boolean grows = there.size() < 1_000 ? random.nextInt(4) > 0 : random.nextInt(4) == 0;
        if (grows || there.isEmpty()) {
          add(there, new Some(random.nextInt(values) - values / 2.0, 1 + random.nextInt(3)));
        } else {
          take(there, random.nextInt(there.size()));
        }
        if (i % 100 == 0 && !there.isEmpty()) {
          agree(there, random, seed);
        }
      }
      while (!there.isEmpty()) {
        take(there, there.size() - 1);
      }
      assertThat(numbers.total()).isZero();
    }
  }

  private void add(List<Some> there, Some some) {
    there.add(some);
    numbers.add(some.number(), some.times());
  }

  private void take(List<Some> there, int place) {
    Collections.swap(there, place, there.size() - 1);
    var some = there.removeLast();
    numbers.add(some.number(), -some.times());
  }

  private void agree(List<Some> there, Random random, long seed) {
    double[] sorted =
        there.stream()
            .flatMap(some -> Collections.nCopies(some.times(), some.number()).stream())
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    assertThat(numbers.total()).isEqualTo(sorted.length);
    for (int i = 0; i < 20; i++) {
      int rank = 1 + random.nextInt(sorted.length);
      assertThat(numbers.at(rank)).as("seed %d", seed).isEqualTo(sorted[rank - 1]);
    }
    assertThat(numbers.at(0)).isEqualTo(sorted[0]);
    assertThat(numbers.at(sorted.length + 1)).isEqualTo(sorted[sorted.length - 1]);
  }
}
