package mo.farol.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final Answer ONE = new Answer(3, List.of(30L, 20L, 10L));

  @Test
  void the_same_is_no_difference() {
    assertThat(ONE.difference(new Answer(3, List.of(30L, 20L, 10L)))).isEmpty();
  }

  @Test
  void another_total_another_number_of_rows_or_another_row_is_told() {
    assertThat(ONE.difference(new Answer(4, List.of(30L, 20L, 10L))))
        .isEqualTo("3 events against 4");
    assertThat(ONE.difference(new Answer(3, List.of(30L, 20L)))).isEqualTo("3 rows against 2");
    assertThat(ONE.difference(new Answer(3, List.of(30L, 21L, 10L))))
        .isEqualTo("row 2: 20 against 21");
  }
}
