package mo.farol.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RunsTest {
  private static final long SEED = Long.getLong("farol.seed", System.nanoTime());

  @Test
  void runs_side_by_side_are_one_and_the_text_says_gaps_and_lengths() {
    var runs = new Runs.Builder().add(10, 19).add(20, 24).add(30, 30).build();
    assertThat(runs.text()).isEqualTo("10+15,5+1");
    assertThat(runs).hasToString("10-24, 30").isEqualTo(Runs.parse("10+15,5+1"));
    assertThat(runs.count()).isEqualTo(16);
    assertThat(Runs.parse("").isEmpty()).isTrue();
  }

  @Test
  void what_was_put_in_is_in_it_and_nothing_else() {
    System.out.println("RunsTest seed " + SEED);
    var random = new Random(SEED);
    var wanted = new TreeSet<Long>();
    for (int i = 0; i < 500; i++) {
      wanted.add((long) random.nextInt(1_500));
    }
    var builder = new Runs.Builder();
    wanted.forEach(sequence -> builder.add(sequence, sequence));
    var runs = Runs.parse(builder.build().text());
    for (long at = 0; at < 1_600; at++) {
      assertThat(runs.contains(at)).as("seed %d, %d", SEED, at).isEqualTo(wanted.contains(at));
    }
    assertThat(runs.count()).isEqualTo(wanted.size());
  }

  @Test
  void a_text_that_says_no_runs_is_refused() {
    for (String text : List.of("5", "5+", "+5", "5+0", "5+-1", "-5+2", "5+1,", "5+1,-3+1", "a+b")) {
      assertThatThrownBy(() -> Runs.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
