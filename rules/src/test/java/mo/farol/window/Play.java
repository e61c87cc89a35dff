package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import mo.farol.match.Detection;
import mo.farol.match.FieldMap;
import mo.farol.match.Rules;
import mo.farol.sigma.RuleBook;

/** A random play: hits of two rules in three groups, out of order and some sent again. */
final class Play {
  static final long SPAN = 10_000; // milliseconds

  private static final String RULES =
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
        group-by: [g]
        timespan: 10s
      """;

  /**
   * One hit as a naive reckoner sees it.
   *
   * @param at when it was; no later than it arrived
   * @param stamp what its sender says
   */
  record Seen(
      long id,
      long at,
      long stamp,
      long arrived,
      String host,
      String rule,
      String group,
      String value,
      boolean repeat) {
    Seen(long id, long at, long arrived, String rule, String group, String value, boolean repeat) {
      this(id, at, at, arrived, "host", rule, group, value, repeat);
    }

    Seen stamped(long at, long stamp) {
      return new Seen(id, at, stamp, arrived, host, rule, group, value, repeat);
    }

    Seen from(String host, long delay) {
      return new Seen(id, at, stamp, arrived + delay, host, rule, group, value, repeat);
    }

    double number() {
      return Double.parseDouble(value);
    }

    Detection detection(String lane) {
      var fields = new HashMap<>(Map.of("g", group, "v", value, "host.name", "h" + value));
      if (repeat) {
        fields.put("farol.duplicate", "true");
      }
      var receivedAt = Detections.START.plusMillis(arrived);
      return Detections.of("agency-a", host, lane, stamp, receivedAt, id, rule, fields);
    }

    /** Whether the window that ends at a hit, and reaches back a span, holds this one. */
    boolean isHeldBy(Seen last) {
      return at >= last.at - SPAN && (at < last.at || (at == last.at && id <= last.id));
    }
  }

  private Play() {}

  /** The windows that hold a hit, each with all it holds of a group. */
  static List<List<Seen>> windows(List<Seen> group, Seen hit) {
    return group.stream()
        .filter(hit::isHeldBy)
        .map(last -> group.stream().filter(each -> each.isHeldBy(last)).toList())
        .toList();
  }

  /** A book of two rules and one correlation over them. */
  static RuleBook book(String... lines) {
    var text = new StringBuilder(RULES);
    for (String line : lines) {
      text.append("  ").append(line).append('\n');
    }
    var book = Rules.book(text.toString());
    assertThat(book.refusals()).isEmpty();
    return book;
  }

  static Windows windows(RuleBook book, Optional<Path> file, LateHit.Sink late) {
    return new Windows(
        book, FieldMap.standard(), WindowConfig.defaults(), new SimpleMeterRegistry(), file, late);
  }

  /** Windows with room for few hits a group. */
  static Windows narrow(RuleBook book, int hits) {
    var d = WindowConfig.defaults();
    var config =
        new WindowConfig(
            d.groupsPerRule(),
            d.groups(),
            hits,
            d.values(),
            d.memory(),
            d.pace(),
            d.lateness(),
            d.idle(),
            d.lag());
    return new Windows(book, FieldMap.standard(), config, new SimpleMeterRegistry());
  }

  static Windows windows(RuleBook book) {
    return windows(book, Optional.empty(), LateHit.Sink.NONE);
  }

  static long seed() {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("-Dfarol.seed=" + seed);
    return seed;
  }

  /** The same where the clock of every tenth was ahead, by seconds, minutes or a year. */
  static List<Seen> withClocksAhead(Random random, List<Seen> hits) {
    long[] ahead = {3_000, 240_000, 31_536_000_000L};
    return hits.stream()
        .map(
            hit ->
                random.nextInt(10) == 0
                    ? hit.stamped(hit.arrived(), hit.arrived() + ahead[random.nextInt(3)])
                    : hit)
        .toList();
  }

  /** The same where the clock of every fiftieth, and of the first, had fallen back to 2000. */
  static List<Seen> withClocksOf2000(Random random, List<Seen> hits) {
    long back = Detections.START.toEpochMilli() - 946_684_800_000L;
    return hits.stream()
        .map(
            hit ->
                hit.id() == 0 || random.nextInt(50) == 0
                    ? hit.stamped(hit.arrived() - back, hit.arrived() - back)
                    : hit)
        .toList();
  }

  /**
   * @param step milliseconds between two hits, at most
   * @param late milliseconds that one in four comes late, at most
   * @param values different ones
   */
  static List<Seen> hits(Random random, int count, int step, int late, int values) {
    var hits = new ArrayList<Seen>();
    long now = 0;
    for (int i = 0; i < count; i++) {
      now += random.nextInt(step);
      long at = random.nextInt(4) == 0 ? now - random.nextInt(late) : now;
      String rule = random.nextBoolean() ? "one" : "two";
      String value = random.nextInt(values) + "." + random.nextInt(3);
      boolean repeat = random.nextInt(20) == 0;
      hits.add(new Seen(i, at, now, rule, "g" + random.nextInt(3), value, repeat));
    }
    return hits;
  }
}
