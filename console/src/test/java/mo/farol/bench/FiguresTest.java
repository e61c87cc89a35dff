package mo.farol.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void a_row_is_smallest_median_and_largest_of_the_runs_and_the_ratio_of_medians() {
    var figures = new Figures();
    for (double rate : new double[] {120_000, 90_000.4, 100_000}) {
      figures.add("events/s", "farol", rate);
    }
    for (double rate : new double[] {25_000, 20_000, 30_000}) {
      figures.add("events/s", "peer", rate);
    }
    figures.add("p50, ms", "farol", 0.1234);

    assertThat(figures.table(List.of("farol", "peer")).lines())
        .containsExactly(
            "| smallest / median / largest | farol | peer | farol to peer |",
            "| --- | --- | --- | --- |",
            "| events/s | 90,000 / 100,000 / 120,000 | 20,000 / 25,000 / 30,000 | 4.00 times |",
            "| p50, ms | 0.123 / 0.123 / 0.123 | - | - |");
  }
}
