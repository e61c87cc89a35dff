package mo.farol.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitsTest {
  private static final long MILLI = 1_000_000;

  private final Waits waits = new Waits();

  @Test
  void a_part_of_all_waited_no_longer_than_told() {
    for (int i = 1; i <= 100; i++) {
      waits.add(i * MILLI - 1);
    }

    assertThat(waits.at(0.5)).isEqualTo(50);
    assertThat(waits.at(0.99)).isEqualTo(99);
    assertThat(waits.at(1)).isEqualTo(100);
  }

  @Test
  void what_was_waited_before_counting_began_is_left_out() {
    waits.add(-1);
    waits.add(2 * MILLI);

    assertThat(waits.at(0.01)).isEqualTo(2.1);
  }

  @Test
  void the_longest_is_told_beyond_what_is_counted_finely() {
    waits.add(60_000 * MILLI);

    assertThat(waits)
        .hasToString("answered after p50 10000.1, p99 10000.1, p99.9 10000.1, at most 60000.0 ms");
  }
}
