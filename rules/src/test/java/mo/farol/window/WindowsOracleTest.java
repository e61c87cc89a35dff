package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mo.farol.match.FieldMap;
import mo.farol.match.Rounds;
import mo.farol.match.Rules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The windows against a count that looks at everything each time. */
@Tag("rounds")
class WindowsOracleTest {
  private static final String RULE =
      """
      title: One
      id: one
      logsource: {product: test}
      detection: {s: {f: 1}, condition: s}
      ---
      title: Two
      id: two
      logsource: {product: test}
      detection: {s: {f: 2}, condition: s}
      ---
      title: Count
      id: count
      correlation:
        type: TYPE
        rules: [one, two]
        group-by: [g]
        timespan: 10s
        condition: {CONDITION}
      """;

  private record Seen(long at, String rule, String value) {}

  @Test
  void counts_of_events_agree() {
    agree("event_count", "gte: 5", window -> window.size());
  }

  @Test
  void counts_between_bounds_agree() {
    agree("event_count", "gt: 3, lte: 6", window -> window.size());
  }

  @Test
  void counts_of_values_agree() {
    agree(
        "value_count",
        "gte: 4, field: v",
        window -> window.stream().map(Seen::value).distinct().count());
  }

  @Test
  void proximity_agrees() {
    agree("temporal", "gte: 2", WindowsOracleTest::rules);
  }

  @Test
  void order_agrees() {
    agree("temporal_ordered", "gte: 2", WindowsOracleTest::steps);
  }

  /**
   * With room for few hits those of one moment become one. What stood in which order must not be
   * hidden by it.
   */
  @Test
  void order_agrees_where_hits_of_one_moment_become_one() {
    long seed = Play.seed();
    int crossed = 0;
    for (int round = 0; round < Rounds.of(8, 40); round++) {
      crossed += orderInAFlood(new Random(seed + round), seed + round);
    }
    assertThat(crossed).isPositive();
  }

  private static int orderInAFlood(Random random, long seed) {
    var book = Play.book("type: temporal_ordered", "rules: [two, one, two, one]");
    var windows = Play.narrow(book, 64);
    var all = new ArrayList<Seen>();
    int crossed = 0;
    long at = 0;
    for (int i = 0; i < 400; i++) {
      boolean flood = random.nextInt(20) > 0;
      at += flood ? 0 : random.nextInt(4) * 2_000L;
      boolean again = flood && !all.isEmpty() && random.nextInt(40) > 0;
      String rule = again ? all.getLast().rule() : random.nextBoolean() ? "one" : "two";
      all.add(new Seen(at, rule, ""));
      var out = new ArrayList<Crossing>();
      windows.accept(Detections.at(at, i, rule, Map.of("g", "g")), out::add);
      windows.flush(Instant.MAX, out::add);
      boolean expected = bestSteps(all) == 4;
      assertThat(out).as("hit %d at %d, seed %d", i, at, seed).hasSize(expected ? 1 : 0);
      crossed += out.size();
    }
    return crossed;
  }

  // Of the windows that end at the last hit, which come in order here.
  private static int bestSteps(List<Seen> all) {
    long from = all.getLast().at() - 10_000;
    int step = 0;
    for (Seen seen : all) {
      boolean isNext = seen.rule().equals(step % 2 == 0 ? "two" : "one");
      step += seen.at() >= from && isNext && step < 4 ? 1 : 0;
    }
    return step;
  }

  /** Seeds that found a fault once: a group was let go while a late hit could still join it. */
  @ParameterizedTest
  @ValueSource(longs = 22_449_156_380_469L)
  void what_disagreed_once_agrees(long seed) {
    agree("temporal", "gte: 2", WindowsOracleTest::rules, seed);
  }

  private static long rules(List<Seen> window) {
    return window.stream().map(Seen::rule).distinct().count();
  }

  private static long steps(List<Seen> window) {
    int first = window.stream().map(Seen::rule).toList().indexOf("one");
    boolean second = window.stream().skip(first + 1L).anyMatch(seen -> seen.rule().equals("two"));
    return first < 0 ? 0 : second ? 2 : 1;
  }

  private interface Count {
    double of(List<Seen> window);
  }

  private static void agree(String type, String condition, Count count) {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("windows against the oracle: -Dfarol.seed=" + seed);
    agree(type, condition, count, seed);
  }

  private static void agree(String type, String condition, Count count, long seed) {
    for (int round = 0; round < Rounds.of(10, 60); round++) {
      agree(type, condition, count, new Random(seed + round), "");
      agree(type, condition, count, new Random(seed + round), "import-1");
    }
  }

  // In an import a host comes behind the other, with hits of the same time.
  private static void agree(
      String type, String condition, Count count, Random random, String lane) {
    var book = Rules.book(RULE.replace("TYPE", type).replace("CONDITION", condition));
    assertThat(book.refusals()).isEmpty();
    var correlation = book.correlations().getFirst();
    var windows = new Windows(book, FieldMap.standard());
    Map<String, List<Seen>> groups = new LinkedHashMap<>();
    long now = 0;
    for (int i = 0; i < 300; i++) {
      now = i == 150 && !lane.isEmpty() ? 0 : now + random.nextInt(2_500);
      long at = random.nextInt(4) == 0 ? now - random.nextInt(12_000) : now;
      var seen = new Seen(at, random.nextBoolean() ? "one" : "two", "v" + random.nextInt(6));
      String g = "g" + random.nextInt(3);
      var group = groups.computeIfAbsent(g, _ -> new ArrayList<>());
      double expected = lane.isEmpty() && isLate(group, at) ? 0 : oracle(group, seen, count);
      var fields = Map.of("g", g, "v", seen.value());
      var out = new ArrayList<Crossing>();
      windows.accept(Detections.in("agency-a", lane, at, i, seen.rule(), fields), out::add);
      windows.flush(Instant.MAX, out::add);
      assertThat(out)
          .as("hit %d at %d %s", i, at, lane)
          .hasSize(correlation.reached(expected) ? 1 : 0);
      out.forEach(each -> assertThat(each.value()).isEqualTo(expected));
    }
  }

  private static boolean isLate(List<Seen> group, long at) {
    return at < group.stream().mapToLong(Seen::at).max().orElse(at) - 10_000;
  }

  /** The best count of any window that holds the new hit. */
  private static double oracle(List<Seen> group, Seen added, Count count) {
    int place = 0;
    while (place < group.size() && group.get(place).at() <= added.at()) {
      place++;
    }
    group.add(place, added);
    double best = 0;
    for (int from = 0; from <= place; from++) {
      for (int to = place; to < group.size(); to++) {
        if (group.get(to).at() - group.get(from).at() <= 10_000) {
          best = Math.max(best, count.of(group.subList(from, to + 1)));
        }
      }
    }
    return best;
  }
}
