package mo.farol.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SequenceSetTest {
  @Test
  void it_gives_what_was_added_in_order_each_once() {
    var random = new Random(7);
    var set = new SequenceSet();
    var expected = new TreeSet<Long>();
    for (int i = 0; i < 5_000; i++) {
      long sequence = random.nextLong(1L << (4 + random.nextInt(36)));
      set.add(sequence);
      expected.add(sequence);
    }
    var found = new TreeSet<Long>();
    for (long at = set.next(0); at >= 0; at = set.next(at + 1)) {
      assertThat(found.add(at)).isTrue();
    }
    assertThat(found).isEqualTo(expected);
    assertThat(set.size()).isEqualTo(expected.size());
    for (int i = 0; i < 1_000; i++) {
      long from = random.nextLong(1L << (4 + random.nextInt(36)));
      Long next = expected.ceiling(from);
      assertThat(set.next(from)).isEqualTo(next == null ? -1 : next);
    }
  }
}
