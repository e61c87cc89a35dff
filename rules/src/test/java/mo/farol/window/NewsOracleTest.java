package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Test;

/** New, rare and seldom values against reckoners that look at everything each time. */
class NewsOracleTest {
  /** Hits of one group so far, in the order of arrival. */
  private static final class Past {
    private final List<Play.Seen> hits = new ArrayList<>();
    private final Map<String, Long> lastSeen = new HashMap<>();
    private long since = Long.MAX_VALUE;
  }

  /** What a hit comes to; NaN where nothing is told of it. */
  private interface Oracle {
    double told(Past past, Play.Seen hit);
  }

  @Test
  void a_value_is_new_where_it_was_not_there_within_the_span_and_the_group_was_learned() {
    agree(
        Play.book(
            "type: farol_first_seen", "rules: [one, two]", "learn: 60s", "condition: {field: v}"),
        (past, hit) -> {
          Long last = past.lastSeen.get(hit.value());
          past.lastSeen.merge(hit.value(), hit.at(), Math::max);
          boolean isNew = last == null || hit.at() - last > Play.SPAN;
          return isNew && seenAt(hit) - past.since >= 60_000 ? 1 : Double.NaN;
        });
  }

  @Test
  void a_value_is_rare_where_few_hits_within_the_span_have_it() {
    agree(
        Play.book(
            "type: farol_rare", "rules: [one, two]", "learn: 60s", "condition: {field: v, lte: 2}"),
        (past, hit) -> {
          double same = best(past, hit, false);
          return same <= 2 && seenAt(hit) - past.since >= 60_000 ? same : Double.NaN;
        });
  }

  @Test
  void a_percentile_without_a_number_is_the_share_of_the_value() {
    agree(
        Play.book(
            "type: value_percentile", "rules: [one, two]", "condition: {field: v, lte: 12.5}"),
        (past, hit) -> {
          double share = best(past, hit, true);
          return share <= 12.5 ? share : Double.NaN;
        });
  }

  private static double best(Past past, Play.Seen hit, boolean share) {
    return Play.windows(past.hits, hit).stream()
        .mapToDouble(window -> figure(window, hit, share))
        .max()
        .orElseThrow();
  }

  private static double figure(List<Play.Seen> window, Play.Seen hit, boolean share) {
    long same = window.stream().filter(each -> each.value().equals(hit.value())).count();
    return share ? 100.0 * same / window.size() : same;
  }

  private static void agree(RuleBook book, Oracle oracle) {
    long seed = Play.seed();
    int told = 0;
    for (int round = 0; round < 40; round++) {
      int step = round % 4 == 0 ? 200 : 1_200;
      var windows = Play.windows(book);
      var groups = new HashMap<String, Past>();
      var random = new Random(seed + round);
      var hits = Play.withClocksAhead(random, Play.hits(random, 600, step, 12_000, 6));
      for (Play.Seen hit : round % 2 == 0 ? hits : Play.withClocksOf2000(random, hits)) {
        var out = new ArrayList<Crossing>();
        windows.accept(hit.detection(""), out::add);
        windows.flush(Instant.MAX, out::add);
        double expected = hit.repeat() ? Double.NaN : expected(groups, hit, oracle);
        assertThat(out)
            .as("hit %s of seed %d", hit, seed + round)
            .hasSize(Double.isNaN(expected) ? 0 : 1);
        for (Crossing each : out) {
          told++;
          assertThat(each.value()).isCloseTo(expected, within(1e-9));
          assertThat(each.group()).isEqualTo(Map.of("g", hit.group(), "v", hit.value()));
          assertThat(each.fields()).containsEntry("host.name", "h" + hit.value());
        }
      }
    }
    assertThat(told).isPositive();
  }

  private static double expected(Map<String, Past> groups, Play.Seen hit, Oracle oracle) {
    var past = groups.computeIfAbsent(hit.group(), _ -> new Past());
    long newest = past.hits.stream().mapToLong(Play.Seen::at).max().orElse(hit.at());
    if (hit.at() < newest - Play.SPAN) {
      return Double.NaN;
    }
    past.hits.add(hit);
    past.since = Math.min(past.since, seenAt(hit));
    return oracle.told(past, hit);
  }

  // A group is not watched longer because a clock fell back.
  private static long seenAt(Play.Seen hit) {
    return Math.max(hit.at(), hit.arrived() - 300_000);
  }
}
