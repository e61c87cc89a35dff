package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Spans and offsets as pages show them. */
class ShownTest {
  @Test
  void a_clock_that_is_behind_has_a_minus_and_less_than_a_second_is_none() {
    assertThat(Shown.offset(Duration.ofMillis(-200))).isEqualTo("0 s");
    assertThat(Shown.offset(Duration.ofSeconds(-1))).isEqualTo("−1 s");
    assertThat(Shown.offset(Duration.ofMillis(-79_400))).isEqualTo("−79 s");
    assertThat(Shown.offset(Duration.ofHours(8))).isEqualTo("8 h");
  }
}
