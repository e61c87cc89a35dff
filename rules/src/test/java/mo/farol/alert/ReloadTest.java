package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import mo.farol.match.MatchCounts;
import mo.farol.match.RuleSettings;
import mo.farol.match.RuleStanding;
import mo.farol.sigma.Placeholders;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.RuleTexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {
  private static final String GUESS =
      """
      title: Failed logins
      id: 11111111-0000-4000-8000-000000000001
      logsource: {product: linux, service: sshd}
      detection:
        sel:
          message|contains: Failed password
        condition: sel
      level: low
      """;
  private static final String GUESSING =
      """
      title: Password guessing
      id: 11111111-0000-4000-8000-000000000002
      correlation:
        type: event_count
        rules: [11111111-0000-4000-8000-000000000001]
        group-by: [host.name]
        timespan: 10m
        condition: {gte: 40}
      level: high
      """;
  private static final String OTHER =
      """
      title: Door WORD
      id: 11111111-0000-4000-8000-000000000003
      logsource: {product: linux, service: sshd}
      detection:
        sel:
          message|contains: door WORD
        condition: sel
      level: high
      """;
  private static final String OTHER_ID = "11111111-0000-4000-8000-000000000003";

  @TempDir private Path folder;

  @Test
  void a_count_that_spans_a_change_of_rules_crosses_as_if_none_had_been() throws IOException {
    var lines = failed(60);
    assertThat(ids(lines, List.of(), 7)).isNotEmpty();
    var changed = List.of(book(OTHER.replace("WORD", "open")), book(OTHER.replace("WORD", "shut")));
    assertThat(ids(lines, changed, 7)).isEqualTo(ids(lines, List.of(), 7));
    assertThat(ids(lines, changed, 1)).isEqualTo(ids(lines, List.of(), 1));
  }

  @Test
  void a_correlation_that_means_something_else_begins_anew() throws IOException {
    var wider = GUESSING.replace("gte: 40", "gte: 39");
    assertThat(ids(failed(60), List.of(book(wider, OTHER), book(OTHER)), 30)).isEmpty();
    var retitled = GUESSING.replace("title: Password", "title: Pass word");
    assertThat(ids(failed(60), List.of(book(retitled, OTHER), book(OTHER)), 30)).isNotEmpty();
  }

  @Test
  void under_load_every_event_is_matched_once_by_one_of_fifty_sets() throws Exception {
    int events = 30_000;
    var lines = new ArrayList<Feed.Line>(events);
    for (int i = 0; i < events; i++) {
      lines.add(line(i, i % 3 == 0 ? "door open" : i % 3 == 1 ? "Failed password" : "fine"));
    }
    var either =
        OTHER
            .replace("message|contains: door WORD", "message|contains: [door, WORD]")
            .replace("level: high", "level: low");
    var books =
        List.of(book(either.replace("WORD", "gate")), book(either.replace("WORD", "hatch")));
    var feed = new Feed(books.getFirst(), lines, 50);
    var quiet = new Feed(books.getFirst(), lines, 50).alerts();
    var alerts = new MemoryAlertBook();
    try (var watch = feed.watch(alerts, LookBack.NONE)) {
      var pouring = new AtomicBoolean(true);
      var swapper = CompletableFuture.supplyAsync(() -> swap(watch, books, pouring));
      feed.run(watch, events);
      while (!swapper.isDone()) { // those that are still to come find nothing left to look at
        watch.pulse(false);
      }
      pouring.set(false);
      assertThat(swapper.get(1, TimeUnit.MINUTES)).isEqualTo(50);
      var now = Instant.parse("2025-06-04T10:00:00Z");
      assertThat(watch.matches().of(OTHER_ID, _ -> true, now)).isEqualTo(events / 3);
    }
    assertThat(counting(alerts.alerts())).isEqualTo(counting(quiet)).isNotEmpty();
  }

  private static int swap(Watch watch, List<RuleBook> books, AtomicBoolean pouring) {
    int done = 0;
    while (done < 50 && pouring.get()) {
      watch.use(Feed.set(books.get(done % 2))).join();
      done++;
    }
    return done;
  }

  private static Map<String, Long> counting(List<Alert> alerts) {
    var counts = new TreeMap<String, Long>();
    alerts.stream()
        .filter(alert -> !alert.rule().id().equals(OTHER_ID))
        .forEach(alert -> counts.put(alert.id(), alert.count()));
    return counts;
  }

  @Test
  void rules_offered_to_a_restart_wait_until_the_windows_of_before_are_taken_up()
      throws IOException {
    var lines = failed(60);
    var feed = new Feed(book(OTHER), lines, 10);
    var whole = feed.alerts();
    var alerts = new MemoryAlertBook();
    var file = Optional.of(folder.resolve("windows.state"));
    try (var watch = feed.watch(alerts, LookBack.NONE, file)) {
      feed.run(watch, 30);
    }
    var changed = Feed.set(book(OTHER.replace("WORD", "open")));
    try (var watch = feed.watch(alerts, LookBack.NONE, Feed.set(book(OTHER)), file)) {
      var offered = watch.use(changed);
      feed.run(watch, 60);
      assertThat(offered).isCompleted();
    }
    assertThat(alerts.alerts()).extracting(Alert::id).containsExactly(whole.getFirst().id());
    assertThat(whole).hasSize(1);
  }

  @Test
  void the_newest_offer_holds_and_those_before_it_are_called_off() throws IOException {
    var feed = new Feed(book(OTHER), failed(1), 1);
    try (var watch = feed.watch(new MemoryAlertBook(), LookBack.NONE)) {
      var first = watch.use(Feed.set(book(OTHER)));
      var wanted = Feed.set(book(OTHER.replace("WORD", "open")));
      var second = watch.use(wanted);
      assertThat(first).isCancelled();
      assertThat(second).isNotDone();
      watch.pulse(false);
      assertThat(second).isCompleted();
      assertThat(watch.rules()).isSameAs(wanted);

      assertThat(watch.use(Feed.set(book(OTHER))).cancel(false)).isTrue();
      watch.pulse(false);
      assertThat(watch.rules()).as("taken back").isSameAs(wanted);
    }
  }

  @Test
  void what_is_known_of_an_unchanged_rule_stays_and_metrics_are_registered_once()
      throws IOException {
    var meters = new SimpleMeterRegistry();
    var counts = new MatchCounts(meters);
    var lines = failed(10);
    var first = RuleSet.compile(book(OTHER), RuleSettings.standard(), counts);
    var feed = new Feed(book(OTHER), lines, 5);
    try (var watch = feed.watch(new MemoryAlertBook(), LookBack.NONE, first, Optional.empty())) {
      feed.run(watch, 10);
      int registered = meters.getMeters().size();
      watch.use(
          RuleSet.compile(book(OTHER.replace("WORD", "open")), RuleSettings.standard(), counts));
      watch.pulse(false);
      assertThat(meters.getMeters()).hasSize(registered);
      assertThat(watch.rules().matcher().standings())
          .extracting(RuleStanding::matches)
          .containsExactlyInAnyOrder(10L, 0L);
    }
  }

  @Test
  void a_rule_in_shadow_is_counted_beside_the_one_in_force_and_raises_nothing() throws IOException {
    book(OTHER.replace("WORD", "open"));
    var draft =
        GUESS.replace("Failed password", "password")
            + "---\n"
            + GUESSING.replace("gte: 40", "gte: 5");
    var texts = new RuleTexts(Map.of(), Map.of(Path.of("draft-1"), draft));
    var book = RuleBook.load(List.of(folder), Placeholders.NONE, texts);
    assertThat(book.refusals()).isEmpty();
    var feed = new Feed(book, failed(12), 4);
    var alerts = new MemoryAlertBook();
    try (var watch = feed.watch(alerts, LookBack.NONE)) {
      feed.run(watch, 12);
      assertThat(alerts.alerts()).isEmpty();
      assertThat(watch.shadows())
          .extracting(ShadowCount::rule, ShadowCount::agency, s -> s.matches() + s.crossings())
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple(
                  "11111111-0000-4000-8000-000000000001", "agency-a", 12L),
              org.assertj.core.groups.Tuple.tuple(
                  "11111111-0000-4000-8000-000000000002", "agency-a", 1L));
      assertThat(watch.shadows()).isEmpty();
    }
  }

  @Test
  void a_filter_in_shadow_takes_nothing_and_tells_what_it_would_have_taken() throws IOException {
    book(GUESSING.replace("gte: 40", "gte: 5"), OTHER.replace("WORD", "open"));
    var draft =
        """
        title: Known scanner
        id: 11111111-0000-4000-8000-000000000009
        logsource: {product: linux}
        filter:
          rules: [11111111-0000-4000-8000-000000000001, 11111111-0000-4000-8000-000000000003]
          scanner: {message|contains: from scanner}
          condition: scanner
        """;
    var texts = new RuleTexts(Map.of(), Map.of(Path.of("draft-1"), draft));
    var book = RuleBook.load(List.of(folder), Placeholders.NONE, texts);
    assertThat(book.refusals()).isEmpty();
    assertThat(book.rules()).allMatch(rule -> rule.filters().isEmpty());
    var lines =
        List.of(
            line(0, "Failed password from scanner"),
            line(1, "Failed password"),
            line(2, "Failed password from scanner"),
            line(3, "Failed password"),
            line(4, "Failed password"),
            line(5, "door open from scanner"));
    var alerts = new MemoryAlertBook();
    var feed = new Feed(book, lines, 2);
    try (var watch = feed.watch(alerts, LookBack.NONE)) {
      feed.run(watch, 6);
      feed.idle(watch, Duration.ofSeconds(1)); // until alerts are kept
      var filtered = watch.filtered();
      assertThat(filtered.counts())
          .extracting(c -> c.rule().substring(35) + " " + c.detections() + " " + c.taken())
          .containsExactlyInAnyOrder("1 5 2", "3 1 1");
      assertThat(filtered.counts())
          .allMatch(c -> c.filter().equals("11111111-0000-4000-8000-000000000009"))
          .allMatch(c -> c.agency().equals("agency-a"));
      assertThat(filtered.alerts())
          .extracting(a -> rule(alerts, a.alert()) + " " + a.taken() + " of " + a.events())
          .containsExactlyInAnyOrder("2 2 of 5", "3 1 of 1");
      assertThat(watch.filtered().isEmpty()).isTrue();
    }
  }

  private static String rule(MemoryAlertBook alerts, String id) {
    return alerts.alerts().stream()
        .filter(alert -> alert.id().equals(id))
        .map(alert -> alert.rule().id().substring(35))
        .findFirst()
        .orElse("none");
  }

  /** Ids of alerts of the count; before each batch the next of these books comes into force. */
  private List<String> ids(List<Feed.Line> lines, List<RuleBook> books, int batch)
      throws IOException {
    var feed = new Feed(book(OTHER), lines, batch);
    var alerts = new MemoryAlertBook();
    try (var watch = feed.watch(alerts, LookBack.NONE)) {
      for (int next = batch, n = 0; next < lines.size() + batch; next += batch, n++) {
        feed.run(watch, Math.min(next, lines.size()));
        if (!books.isEmpty()) {
          watch.use(Feed.set(books.get(n % books.size())));
        }
      }
    }
    return alerts.alerts().stream()
        .filter(alert -> alert.rule().id().endsWith("2"))
        .map(alert -> alert.id() + " " + alert.count())
        .toList();
  }

  private static List<Feed.Line> failed(int count) {
    return IntStream.range(0, count).mapToObj(i -> line(i, "Failed password")).toList();
  }

  private static Feed.Line line(int i, String text) {
    var at = Seen.START.plus(Duration.ofMillis(100L * i));
    return new Feed.Line("agency-a", "<13>1 %s web-01 sshd 1 - - %s".formatted(at, text));
  }

  private RuleBook book(String other) throws IOException {
    return book(GUESSING, other);
  }

  private RuleBook book(String guessing, String other) throws IOException {
    Files.writeString(folder.resolve("a.yml"), GUESS);
    Files.writeString(folder.resolve("b.yml"), guessing);
    Files.writeString(folder.resolve("c.yml"), other);
    var book = RuleBook.load(List.of(folder));
    assertThat(book.refusals()).isEmpty();
    return book;
  }
}
