package mo.farol.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who takes an answer too slowly. */
class ReadRateTest {
  private long now;
  private final ReadRate rate = new ReadRate(1_000, Duration.ofSeconds(30), () -> now);

  @Test
  void a_reader_that_trickles_is_slow_after_the_span_and_no_sooner() {
    write(20, 11_000);
    assertThat(rate.isSlow()).isFalse();
    write(11, 6_000);
    assertThat(rate.isSlow()).isTrue();
    write(15, 20_000);
    write(15, 20_000);
    assertThat(rate.isSlow()).as("it took enough since").isFalse();
  }

  @Test
  void time_in_which_nothing_was_written_does_not_count() {
    write(10, 5_000);
    seconds(3_600);
    assertThat(rate.isSlow()).isFalse();
    assertThat(rate.stalledNanos()).isZero();
  }

  @Test
  void one_write_that_takes_longer_than_the_span_is_slow_before_it_ends() {
    rate.begin();
    seconds(31);
    assertThat(rate.isSlow()).isTrue();
    assertThat(rate.stalledNanos()).isEqualTo(Duration.ofSeconds(31).toNanos());
  }

  private void write(long seconds, long bytes) {
    rate.begin();
    seconds(seconds);
    rate.end(bytes);
  }

  private void seconds(long seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }
}
