package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import mo.farol.event.EventId;
import org.junit.jupiter.api.Test;

/** Event ids of two lists in one, beside the plain way of a sorted set. */
class BoundedTest {
  private static final long SEED =
      Long.getLong("farol.seed", System.nanoTime() & 0xffff_ffffL); // printed where a test fails

  @Test
  void two_lists_are_joined_as_a_sorted_set_would() {
    var random = new Random(SEED);
    for (int i = 0; i < 3_000; i++) {
      int spread = 1 + random.nextInt(i % 3 == 0 ? 40 : 5_000);
      var a = ids(random, random.nextInt(i % 2 == 0 ? 8 : 1_001), spread, random.nextInt(3_000));
      var b = ids(random, random.nextInt(i % 5 == 0 ? 1_001 : 8), spread, random.nextInt(3_000));
      var all = new TreeSet<>(a);
      all.addAll(b);
      int different = all.size();
      while (all.size() > Bounded.EVENTS) {
        all.pollFirst();
      }

      assertThat(Bounded.join(a, b)).as("seed %d", SEED).containsExactlyElementsOf(all);
      assertThat(Bounded.different(a, b)).as("seed %d", SEED).isEqualTo(different);
    }
  }

  private static List<EventId> ids(Random random, int most, int spread, int from) {
    return random
        .longs(most, from, from + (long) spread)
        .sorted()
        .distinct()
        .mapToObj(EventId::new)
        .toList();
  }

  @Test
  void ids_out_of_order_are_put_in_order_each_once() {
    var mixed = List.of(new EventId(3), new EventId(1), new EventId(3), new EventId(2));

    assertThat(Bounded.ordered(mixed))
        .containsExactly(new EventId(1), new EventId(2), new EventId(3));
    assertThat(Bounded.newest(Bounded.ordered(mixed))).hasSize(3);
  }
}
