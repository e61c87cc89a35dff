package mo.farol.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.store.ManualClock;
import org.junit.jupiter.api.Test;

/** A clock that jumps removes nothing early, and one that is right is believed. */
class CautiousClockTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration YEARS = Duration.ofDays(3_650);

  private final AtomicLong nanos = new AtomicLong(77);
  private final ManualClock wall = new ManualClock(NOW);

  @Test
  void time_that_really_passes_is_believed_however_much_it_is() {
    var clock = cautious(NOW);
    pass(YEARS);
    assertThat(clock.instant()).isEqualTo(NOW.plus(YEARS));
    assertThat(clock.ahead()).isZero();
  }

  @Test
  void a_clock_that_jumps_ten_years_ahead_is_believed_for_a_week_and_grows_old_slowly() {
    var clock = cautious(NOW);
    wall.advance(YEARS);
    assertThat(clock.instant()).isEqualTo(NOW.plus(Duration.ofDays(7)));
    assertThat(clock.ahead()).isEqualTo(YEARS.minusDays(7));
    pass(Duration.ofDays(3));
    assertThat(clock.instant()).isEqualTo(NOW.plus(Duration.ofDays(10)));
  }

  @Test
  void once_the_clock_is_set_right_all_is_as_it_was() {
    var clock = cautious(NOW);
    wall.advance(YEARS);
    assertThat(clock.ahead()).isPositive();
    wall.advance(YEARS.negated());
    assertThat(clock.instant()).isEqualTo(NOW);
    assertThat(clock.ahead()).isZero();
  }

  @Test
  void a_clock_that_is_wrong_at_the_start_is_held_against_what_was_received_last() {
    wall.advance(YEARS);
    var clock = cautious(NOW);
    assertThat(clock.instant()).isEqualTo(NOW.plus(Duration.ofDays(7)));
  }

  @Test
  void a_centre_that_was_off_for_some_days_goes_on_at_once() {
    wall.advance(Duration.ofDays(5));
    var clock = cautious(NOW);
    assertThat(clock.instant()).isEqualTo(NOW.plus(Duration.ofDays(5)));
    pass(Duration.ofDays(30));
    assertThat(clock.instant()).isEqualTo(NOW.plus(Duration.ofDays(35)));
  }

  @Test
  void a_clock_that_goes_back_is_believed_and_so_is_one_that_comes_back_from_there() {
    var clock = cautious(NOW);
    wall.advance(YEARS.negated());
    assertThat(clock.instant()).isEqualTo(NOW.minus(YEARS));
    wall.advance(YEARS);
    assertThat(clock.instant()).isEqualTo(NOW);
  }

  @Test
  void one_that_starts_in_1970_and_is_set_right_then_is_believed() {
    wall.advance(Duration.between(NOW, Instant.EPOCH));
    var clock = cautious(NOW);
    wall.advance(Duration.between(Instant.EPOCH, NOW));
    assertThat(clock.instant()).isEqualTo(NOW);
  }

  private CautiousClock cautious(Instant newest) {
    return new CautiousClock(wall, newest, nanos::get);
  }

  private void pass(Duration time) {
    wall.advance(time);
    nanos.addAndGet(time.toNanos());
  }
}
