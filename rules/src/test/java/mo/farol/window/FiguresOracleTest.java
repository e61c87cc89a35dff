package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Sums, means and percentiles against a reckoner that looks at everything each time. */
class FiguresOracleTest {
  @Test
  void sums_agree() {
    agree("value_sum", "gte: 20.5", FiguresOracleTest::sum);
  }

  @Test
  void means_agree() {
    agree("value_avg", "gt: 2.75", seen -> sum(seen) / seen.size());
  }

  @Test
  void medians_agree() {
    agree("value_median", "gte: 3.1", seen -> percentile(seen, 50));
  }

  @Test
  void percentiles_agree() {
    agree("value_percentile", "gt: 4, percentile: 87.5", seen -> percentile(seen, 87.5));
    agree("value_percentile", "gt: 1, lte: 4, percentile: 20", seen -> percentile(seen, 20));
  }

  private static double sum(List<Play.Seen> seen) {
    return seen.stream().mapToDouble(Play.Seen::number).sum();
  }

  private static double percentile(List<Play.Seen> seen, double percentile) {
    double[] sorted = seen.stream().mapToDouble(Play.Seen::number).sorted().toArray();
    return sorted[(int) Math.ceil(percentile / 100 * sorted.length - 1e-9) - 1];
  }

  private static void agree(
      String type, String condition, ToDoubleFunction<List<Play.Seen>> figure) {
    var book =
        Play.book("type: " + type, "rules: [one, two]", "condition: {field: v, " + condition + "}");
    long seed = Play.seed();
    int crossed = 0;
    for (int round = 0; round < 40; round++) {
      // some rounds are dense: large groups are reckoned in another way
      int step = round % 4 == 0 ? 150 : 2_500;
      var random = new Random(seed + round);
      var hits = Play.withClocksAhead(random, Play.hits(random, 600, step, 12_000, 6));
      var windows = Play.windows(book);
      var groups = new HashMap<String, List<Play.Seen>>();
      for (Play.Seen hit : hits) {
        var out = new ArrayList<Crossing>();
        windows.accept(hit.detection(""), out::add);
        windows.flush(Instant.MAX, out::add);
        double expected = hit.repeat() ? Double.NaN : best(groups, hit, figure);
        boolean reached =
            !Double.isNaN(expected) && book.correlations().getFirst().reached(expected);
        assertThat(out).as("hit %s of seed %d", hit, seed + round).hasSize(reached ? 1 : 0);
        out.forEach(each -> assertThat(each.value()).isCloseTo(expected, within(1e-9)));
        crossed += out.size();
      }
    }
    assertThat(crossed).isPositive();
  }

  // The highest of the windows that hold the hit, each reaching back from one of its hits.
  private static double best(
      Map<String, List<Play.Seen>> groups,
      Play.Seen hit,
      ToDoubleFunction<List<Play.Seen>> figure) {
    var group = groups.computeIfAbsent(hit.group(), _ -> new ArrayList<>());
    long newest = group.stream().mapToLong(Play.Seen::at).max().orElse(hit.at());
    if (hit.at() < newest - Play.SPAN) {
      return Double.NaN;
    }
    group.add(hit);
    return Play.windows(group, hit).stream().mapToDouble(figure).max().orElseThrow();
  }
}
