package mo.farol.silence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GapsTest {
  @Test
  void numbers_left_out_are_missing() {
    assertThat(missing(7, 8, 11, 12, 14)).isEqualTo(3);
  }

  @Test
  void a_number_that_comes_late_is_not_missing() {
    assertThat(missing(1, 2, 4, 3, 5)).isZero();
  }

  @Test
  void a_sender_that_begins_anew_has_lost_nothing() {
    assertThat(missing(50_000, 50_001, 1, 2, 3)).isZero();
    assertThat(missing(2_147_483_646L, 2_147_483_647L, 1, 2)).isZero();
  }

  @Test
  void the_first_number_heard_is_no_loss() {
    assertThat(missing(900)).isZero();
  }

  private static long missing(long... numbers) {
    var gaps = new Gaps(0);
    LongStream.of(numbers).forEach(gaps::hear);
    return gaps.missing();
  }
}
