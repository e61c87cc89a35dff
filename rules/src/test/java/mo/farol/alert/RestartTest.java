package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import mo.farol.match.Rules;
import mo.farol.sigma.Placeholders;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.RuleTexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same events give the same alerts, however they are cut and whoever falls over between. */
class RestartTest {
  private static final List<Feed.Line> DAY = day();
  private static final int REMEMBERED = 900; // events read again: more than any entry has

  @Test
  void the_same_events_give_the_same_alerts_however_they_arrive_in_blocks() {
    var one = new Feed(DAY, 1).alertsToTheEnd();
    var many = new Feed(DAY, 100).alertsToTheEnd();

    assertThat(one).isNotEmpty();
    assertThat(facts(many)).containsExactlyInAnyOrderElementsOf(facts(one));
  }

  @Test
  void a_clean_restart_anywhere_changes_nothing() {
    var whole = facts(new Feed(DAY, 10).alertsToTheEnd());
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);

    for (int round = 0; round < 5; round++) {
      int cut = random.nextInt(DAY.size());
      var feed = new Feed(DAY, 10);
      var book = new MemoryAlertBook();
      try (var watch = feed.watch(book, (sequence, _) -> sequence)) {
        feed.run(watch, cut);
      }
      try (var watch = feed.watch(book, (_, _) -> 0)) {
        feed.run(watch, DAY.size());
        feed.idle(watch, Feed.TO_THE_END);
      }
      assertThat(facts(book.alerts()))
          .as("cut at %d", cut)
          .containsExactlyInAnyOrderElementsOf(whole);
    }
  }

  @Test
  void a_crash_that_loses_what_was_not_yet_durable_changes_nothing() {
    var whole = facts(new Feed(DAY, 10).alertsToTheEnd());

    for (int cut = 20; cut < DAY.size(); cut += 211) {
      var feed = new Feed(DAY, 10);
      var book = new MemoryAlertBook();
      feed.run(feed.watch(book, LookBack.NONE), cut); // never closed
      try (var watch = feed.watch(book, (_, _) -> 0)) {
        feed.run(watch, DAY.size());
        feed.idle(watch, Feed.TO_THE_END);
      }
      assertThat(facts(book.alerts()))
          .as("cut at %d", cut)
          .containsExactlyInAnyOrderElementsOf(whole);
    }
  }

  @Test
  void windows_that_were_kept_count_nothing_twice_and_miss_nothing(@TempDir Path home) {
    var whole = facts(new Feed(DAY, 10).alertsToTheEnd());
    var file = Optional.of(home.resolve("windows.state"));

    for (int cut = 20; cut < DAY.size() - 60; cut += 311) {
      var feed = new Feed(DAY, 10);
      var book = new MemoryAlertBook();
      try (var watch = feed.watch(book, LookBack.NONE, file)) {
        feed.run(watch, cut);
      }
      feed.run(
          feed.watch(book, (s, _) -> Math.max(0, s - REMEMBERED), file), cut + 60); // never closed
      try (var watch = feed.watch(book, (s, _) -> Math.max(0, s - REMEMBERED), file)) {
        feed.run(watch, DAY.size());
        feed.idle(watch, Feed.TO_THE_END);
      }
      assertThat(facts(book.alerts()))
          .as("cut at %d", cut)
          .containsExactlyInAnyOrderElementsOf(whole);
      file.get().toFile().delete();
    }
  }

  @Test
  void a_window_of_a_day_outlives_a_restart_that_reads_nothing_again(@TempDir Path home) {
    var lines = new ArrayList<Feed.Line>();
    for (int hour = 0; hour < 6; hour++) {
      lines.add(line("2025-06-04T0%d:00:00Z".formatted(hour)));
    }
    var rules = Rules.book(LONG.formatted("event_count", "24h", "condition: {gte: 6}"));
    assertThat(new Feed(rules, lines, 1).alerts()).hasSize(1);
    assertThat(restarted(new Feed(rules, lines, 1), Optional.empty())).isEmpty();
    assertThat(facts(restarted(new Feed(rules, lines, 1), Optional.of(home.resolve("w")))))
        .isEqualTo(facts(new Feed(rules, lines, 1).alerts()));
  }

  private static List<Alert> restarted(Feed feed, Optional<Path> file) {
    var book = new MemoryAlertBook();
    try (var watch = feed.watch(book, LookBack.NONE, file)) {
      feed.run(watch, 3);
    }
    try (var watch = feed.watch(book, LookBack.NONE, file)) {
      feed.run(watch, 6);
    }
    return book.alerts();
  }

  @Test
  void what_did_not_come_is_an_alert_once_whoever_falls_over_between(@TempDir Path home) {
    var rules = Rules.book(LONG.formatted("farol_absence", "10m", "aliases: {}"));
    var feed = new Feed(rules, List.of(line("2025-06-04T09:59:00Z")), 1);
    var book = new MemoryAlertBook();
    var file = Optional.of(home.resolve("w"));
    try (var watch = feed.watch(book, LookBack.NONE, file)) {
      feed.run(watch, 1);
      feed.idle(watch, Duration.ofMinutes(10));
      assertThat(book.alerts()).isEmpty();
    }
    try (var watch = feed.watch(book, LookBack.NONE, file)) {
      feed.idle(watch, Duration.ofMinutes(5));
      assertThat(book.alerts()).as("it may wait at its sender").isEmpty();
      feed.idle(watch, Duration.ofMinutes(10));
      assertThat(book.alerts()).singleElement().satisfies(RestartTest::isAbsence);
    }
    var once = book.alerts();
    for (LookBack lookBack : List.of(LookBack.NONE, (LookBack) (_, _) -> 0)) {
      try (var watch = feed.watch(book, lookBack, file)) {
        feed.run(watch, 1);
        feed.idle(watch, Duration.ofMinutes(30));
      }
      file.get().toFile().delete();
    }
    assertThat(facts(book.alerts())).isEqualTo(facts(once));
  }

  @Test
  void what_counts_what_did_not_come_is_an_alert_behind_a_restart_too(@TempDir Path home) {
    var rules = Rules.book(LONG.formatted("farol_absence", "10m", "aliases: {}") + CHAIN);
    var feed = new Feed(rules, List.of(line("2025-06-04T09:59:00Z")), 1);
    var book = new MemoryAlertBook();
    var file = Optional.of(home.resolve("w"));
    try (var watch = feed.watch(book, LookBack.NONE, file)) {
      feed.run(watch, 1);
    }
    try (var watch = feed.watch(book, LookBack.NONE, file)) {
      feed.idle(watch, Duration.ofMinutes(5));
      feed.idle(watch, Duration.ofMinutes(20));
    }
    assertThat(book.alerts())
        .extracting(alert -> alert.why().getFirst().contains("Chain"))
        .containsExactlyInAnyOrder(false, true);
  }

  @Test
  void what_a_shadow_would_have_said_of_what_did_not_come_is_counted_once(@TempDir Path home)
      throws IOException {
    var draft = LONG.formatted("farol_absence", "10m", "aliases: {}") + CHAIN;
    var texts = new RuleTexts(Map.of(), Map.of(Path.of("draft-1"), draft));
    var rules = RuleBook.load(List.of(), Placeholders.NONE, texts);
    assertThat(rules.refusals()).isEmpty();
    var feed = new Feed(rules, List.of(line("2025-06-04T09:59:00Z")), 1);
    var book = new MemoryAlertBook();
    var file = Optional.of(home.resolve("w"));
    try (var watch = feed.watch(book, LookBack.NONE, file)) {
      feed.run(watch, 1);
      assertThat(crossings(watch)).isEmpty();
    }
    try (var watch = feed.watch(book, LookBack.NONE, file)) {
      feed.idle(watch, Duration.ofMinutes(5));
      feed.idle(watch, Duration.ofMinutes(20));
      assertThat(crossings(watch)).containsExactlyInAnyOrder("long 1", "chain 1");
    }
    for (LookBack lookBack : List.of(LookBack.NONE, (LookBack) (_, _) -> 0)) {
      try (var watch = feed.watch(book, lookBack, file)) {
        feed.run(watch, 1);
        feed.idle(watch, Duration.ofMinutes(30));
        assertThat(crossings(watch)).isEmpty();
      }
    }
    assertThat(book.alerts()).isEmpty();
  }

  private static List<String> crossings(Watch watch) {
    return watch.shadows().stream()
        .filter(count -> count.crossings() > 0)
        .map(count -> count.rule() + " " + count.crossings())
        .toList();
  }

  @Test
  void what_did_not_come_is_told_after_our_own_clock_was_far_ahead_and_is_put_back() {
    var rules = Rules.book(LONG.formatted("farol_absence", "10m", "aliases: {}"));
    var other =
        new Feed.Line("agency-a", line("2025-06-04T09:59:30Z").text().replace("a\"}", "b\"}"));
    var feed = new Feed(rules, List.of(line("2025-06-04T09:59:00Z"), other), 1);
    var book = new MemoryAlertBook();
    try (var watch = feed.watch(book, LookBack.NONE)) {
      feed.run(watch, 1);
      feed.idle(watch, Duration.ofDays(365));
      assertThat(book.alerts()).hasSize(1);
      feed.idle(watch, Duration.ofDays(-365));
      feed.run(watch, 2);
      feed.idle(watch, Duration.ofMinutes(30));
    }
    assertThat(book.alerts()).hasSize(2);
  }

  @Test
  void what_time_makes_of_growth_is_an_alert_behind_a_restart_too(@TempDir Path home) {
    var feed = new Feed(Rules.book(GROWN), GROWS, 5);
    var unbroken = new MemoryAlertBook();
    try (var watch = feed.watch(unbroken, LookBack.NONE)) {
      feed.run(watch, 5);
      feed.idle(watch, Duration.ofMinutes(8));
    }
    assertThat(titles(unbroken)).containsExactly("Chain");
    for (var file : List.of(Optional.of(home.resolve("w")), Optional.<Path>empty())) {
      var book = new MemoryAlertBook();
      try (var watch = feed.watch(book, LookBack.NONE, file)) {
        feed.run(watch, 5);
      }
      assertThat(titles(book)).isEmpty();
      for (int again = 0; again < 2; again++) {
        try (var watch = feed.watch(book, (_, _) -> 0, file)) {
          feed.run(watch, 5);
          feed.idle(watch, Duration.ofMinutes(8));
        }
        assertThat(facts(book.alerts())).isEqualTo(facts(unbroken.alerts()));
      }
    }
  }

  @Test
  void what_time_makes_of_growth_is_kept_before_the_windows_that_know_of_it(@TempDir Path home) {
    var feed = new Feed(Rules.book(GROWN), GROWS, 5);
    var file = Optional.of(home.resolve("w"));
    var book = new MemoryAlertBook();
    var fallen = feed.watch(book, LookBack.NONE, file);
    feed.run(fallen, 5);
    feed.idle(fallen, Duration.ofMinutes(8)); // never closed
    try (var watch = feed.watch(book, LookBack.NONE, file)) {
      feed.idle(watch, Duration.ofMinutes(8));
    }
    assertThat(titles(book)).containsOnlyOnce("Chain");
    assertThat(book.alerts())
        .allSatisfy(a -> assertThat(a.why().toString()).doesNotContain("when that time was over"));
  }

  private static List<String> titles(MemoryAlertBook book) {
    return book.alerts().stream().map(Alert::title).toList();
  }

  // Many crosses at 0 s and grows at 0.5 s, behind the other.
  private static final List<Feed.Line> GROWS =
      List.of(
          line("2025-06-04T09:59:00Z"),
          line("2025-06-04T09:59:00Z"),
          line("2025-06-04T09:59:00Z"),
          new Feed.Line(
              "agency-a", line("2025-06-04T09:59:00.300Z").text().replace("fail", "other")),
          line("2025-06-04T09:59:00.500Z"));

  private static final String GROWN =
      """
      title: Failed
      id: failed
      logsource: {}
      detection: {s: {ev: fail}, condition: s}
      level: informational
      ---
      title: Other
      id: other
      logsource: {}
      detection: {s: {ev: other}, condition: s}
      level: informational
      ---
      title: Many
      id: many
      level: informational
      correlation:
        type: event_count
        rules: [failed]
        group-by: [user]
        timespan: 1m
        condition: {gte: 3}
      ---
      title: Chain
      id: chain
      level: high
      correlation:
        type: temporal_ordered
        rules: [other, many]
        group-by: [user]
        timespan: 1h
      """;

  private static final String CHAIN =
      """
      ---
      title: Chain
      id: chain
      level: high
      correlation:
        type: event_count
        rules: [long]
        group-by: [user]
        timespan: 1h
        condition: {gte: 1}
      """;

  private static void isAbsence(Alert alert) {
    assertThat(alert.why().getFirst())
        .contains("counted 1 (1 events), threshold what should come within 10 min, for user=a")
        .contains("from 2025-06-04T09:59:00Z to 2025-06-04T10:09:00Z, when that time was over");
    assertThat(alert.events()).hasSize(1);
  }

  private static final String LONG =
      """
      title: Failed
      id: failed
      logsource: {}
      detection: {s: {ev: fail}, condition: s}
      level: informational
      ---
      title: Long
      id: long
      level: high
      correlation:
        type: %s
        rules: [failed]
        group-by: [user]
        timespan: %s
        %s
      """;

  private static Feed.Line line(String time) {
    return new Feed.Line(
        "agency-a", "{\"@timestamp\":\"%s\",\"ev\":\"fail\",\"user\":\"a\"}".formatted(time));
  }

  // The events of the entries of the book that are of one day, each entry a day after the other.
  private static List<Feed.Line> day() {
    try {
      return BookDays.lines(Path.of("book"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Fact(
      String id, Instant firstAt, Instant lastAt, long count, List<?> events, Object severity) {}

  private static List<Fact> facts(List<Alert> alerts) {
    return alerts.stream()
        .filter(
            a ->
                a.steps().stream()
                    .noneMatch(s -> s.kind() == WhyStep.Kind.SILENCE)) // silences go by the clock
        .map(a -> new Fact(a.id(), a.firstAt(), a.lastAt(), a.count(), a.events(), a.severity()))
        .sorted(Comparator.comparing(Fact::id))
        .toList();
  }
}
