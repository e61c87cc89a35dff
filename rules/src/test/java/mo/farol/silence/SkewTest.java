package mo.farol.silence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SkewTest {
  private static final long SECOND = 1_000_000;
  private static final long START = 1_764_000_000L * SECOND;
  private final Skew skew = new Skew(0);

  @Test
  void what_came_late_says_nothing_about_the_clock() {
    skew.hear(START - 2 * SECOND, START);
    skew.hear(START + SECOND - 600 * SECOND, START + SECOND);
    assertThat(skew.micros()).isEqualTo(-2 * SECOND);
  }

  @Test
  void a_clock_that_runs_ahead_shows_at_once() {
    skew.hear(START - SECOND, START);
    skew.hear(START + 90 * SECOND, START + SECOND);
    assertThat(skew.micros()).isEqualTo(89 * SECOND);
  }

  @Test
  void a_clock_put_right_is_right_after_two_spans_of_five_minutes() {
    skew.hear(START + 90 * SECOND, START);
    for (long minute = 1; minute <= 10; minute++) {
      skew.hear(START + minute * 60 * SECOND - 1, START + minute * 60 * SECOND);
    }
    assertThat(skew.micros()).isEqualTo(-1);
  }

  @Test
  void an_event_without_a_time_of_its_own_tells_nothing() {
    var known = new Skew(5 * SECOND);
    known.hear(START, START);
    assertThat(known.micros()).isEqualTo(5 * SECOND);
  }
}
