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

  @Test
  void a_loss_of_many_thousands_counts_once_the_numbering_goes_on_from_there() {
    var gaps = new Gaps(0, 0);
    gaps.hear(100);
    LongStream.rangeClosed(16_077, 16_140).forEach(gaps::hear);
    assertThat(gaps.missing()).as("not sure yet").isZero();
    gaps.hear(16_141);

    assertThat(gaps.missing()).isEqualTo(15_976);
  }

  @Test
  void two_programs_of_a_host_that_count_for_themselves_have_lost_nothing() {
    var gaps = new Gaps(0, 0);
    for (int round = 0; round < 20; round++) {
      int from = round * 100 + 1;
      LongStream.range(from, from + 100).forEach(gaps::hear);
      LongStream.range(from + 50_000, from + 50_000 + (round == 0 ? 10 : 100)).forEach(gaps::hear);
    }

    assertThat(gaps.missing()).isZero();
  }

  @Test
  void what_was_lost_while_the_centre_was_down_is_missing() {
    var gaps = new Gaps(3, 100);
    gaps.hear(120);

    assertThat(gaps.missing()).isEqualTo(22);
    assertThat(gaps.last()).isEqualTo(120);
  }

  private static long missing(long... numbers) {
    var gaps = new Gaps(0, 0);
    LongStream.of(numbers).forEach(gaps::hear);
    return gaps.missing();
  }
}
