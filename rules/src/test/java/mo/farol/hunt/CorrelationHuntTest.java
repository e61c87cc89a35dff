package mo.farol.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.match.Detection;
import mo.farol.match.Matcher;
import mo.farol.match.RuleSettings;
import mo.farol.match.Rules;
import mo.farol.sigma.RuleBook;
import mo.farol.window.Crossing;
import mo.farol.window.LateHit;
import mo.farol.window.WindowConfig;
import mo.farol.window.WindowPlan;
import mo.farol.window.Windows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Correlations over history: what a hunt finds is what the windows of live detection find. */
class CorrelationHuntTest {
  private static final Instant START = Instant.parse("2026-11-24T05:00:00Z");
  private static final String BASE =
      """
      title: Failed
      id: 11111111-1111-4111-8111-111111111111
      name: failed
      logsource: {product: home}
      detection: {sel: {Act: fail}, condition: sel}
      ---
      title: Came
      id: 22222222-2222-4222-8222-222222222222
      name: came
      logsource: {product: home}
      detection: {sel: {Act: come}, condition: sel}
      ---
      title: Counted
      id: 33333333-3333-4333-8333-333333333333
      name: counted
      correlation:
      """;

  @TempDir private Path folder;
  private Ground ground;

  @BeforeEach
  void open() {
    ground = new Ground(folder.resolve("whole"));
  }

  @AfterEach
  void close() {
    ground.close();
  }

  private static RuleBook book(String... lines) {
    var book = Rules.book(text(lines));
    assertThat(book.refusals()).isEmpty();
    return book;
  }

  private static String text(String... lines) {
    return BASE + "  " + String.join("\n  ", lines) + "\n";
  }

  private static String frame(long second, String act, String user, String host, int size) {
    return """
        {"@timestamp":"%s","Act":"%s","User":"%s","Host":"%s","Size":"%d"}"""
        .formatted(START.plusSeconds(second), act, user, host, size);
  }

  /** Three hours of two agencies and an import, in the order in which they came. */
  private static void fill(Ground ground, long seed) {
    var random = new Random(seed);
    for (var origin : List.of(live("finance"), live("health"), imported("finance"))) {
      var frames = new ArrayList<String>();
      for (int i = 0; i < 250; i++) {
        frames.add(
            frame(
                random.nextInt(10_800),
                random.nextInt(3) == 0 ? "come" : random.nextInt(4) == 0 ? "other" : "fail",
                "u" + random.nextInt(4),
                "h" + random.nextInt(6),
                random.nextInt(50)));
      }
      Collections.shuffle(frames, random);
      ground.add(origin, Ground.NOW, frames);
    }
  }

  private static Origin live(String agency) {
    return Origin.live(agency, "test", "192.0.2.7");
  }

  private static Origin imported(String agency) {
    return new Origin(agency, "test", "", "import-1", false, "", 0, "UTC");
  }

  static Stream<String> kinds() {
    return Stream.of(
        "type: event_count|condition: {gte: 4}|timespan: 10m",
        "type: event_count|condition: {lt: 3}|timespan: 10m",
        "type: value_count|condition: {gte: 3, field: Host}|timespan: 10m",
        "type: value_count|condition: {lte: 1, field: Host}|timespan: 10m",
        "type: value_sum|condition: {gte: 90, field: Size}|timespan: 15m",
        "type: value_avg|condition: {gte: 35, field: Size}|timespan: 15m",
        "type: value_median|condition: {gte: 40, field: Size}|timespan: 15m",
        "type: value_percentile|condition: {gte: 45, field: Size, percentile: 80}|timespan: 15m",
        "type: value_percentile|condition: {lte: 10, field: Host}|timespan: 2h",
        "type: temporal|timespan: 5m",
        "type: temporal_ordered|timespan: 5m",
        "type: farol_first_seen|condition: {field: Host}|learn: 20m|timespan: 1h",
        "type: farol_rare|condition: {field: Host, lte: 1}|learn: 20m|timespan: 1h",
        "type: farol_absence|timespan: 20m");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void every_kind_finds_what_the_windows_of_live_detection_find(String lines) {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("-Dfarol.seed=" + seed);
    fill(ground, seed);
    var book = book((lines + "|rules: [failed, came]|group-by: [User]").split("\\|"));

    var result = ground.hunt(book);

    assertThat(result.isWhole()).isTrue();
    assertThat(shown(result)).isEqualTo(live(book)).isNotEmpty();
    assertThat(result.groups()).isEqualTo(result.hits().size()).isEqualTo(result.matched());
    assertThat(result.agencies().values().stream().mapToLong(n -> n).sum())
        .isEqualTo(result.groups());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void where_events_came_in_order_it_finds_what_live_detection_found_as_they_came(String lines) {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("-Dfarol.seed=" + seed);
    var random = new Random(seed);
    long second = 0;
    for (int i = 0; i < 120; i++) {
      second += 1 + random.nextInt(150);
      String act = random.nextInt(3) == 0 ? "come" : "fail";
      String host = "h" + random.nextInt(6);
      var line = frame(second, act, "u" + random.nextInt(3), host, random.nextInt(50));
      ground.add(live("finance"), START.plusSeconds(second), List.of(line));
    }
    var book = book((lines + "|rules: [failed, came]|group-by: [User]").split("\\|"));
    var crossings = new ArrayList<Crossing>();
    var windows = new Windows(book, RuleSettings.standard().fields());
    var matcher = new Matcher(book, RuleSettings.standard().fields());
    ground.each(
        events -> {
          windows.advance(Micros.toInstant(events.frames().receivedAtMicros()), crossings::add);
          for (int i = 0; i < events.count(); i++) {
            matcher.match(events, i, each -> windows.accept(each, crossings::add));
          }
          windows.flush(Instant.MAX, crossings::add);
        });
    windows.end(crossings::add);

    assertThat(shown(ground.hunt(book))).isEqualTo(rows(crossings));
  }

  @Test
  void a_group_with_more_hits_than_it_has_room_for_is_told_as_a_lower_bound() {
    var frames = new ArrayList<String>();
    for (int i = 0; i < 9_000; i++) {
      frames.add(frame(i / 20, i % 2 == 0 ? "fail" : "come", "ana", "h" + i, i));
    }
    ground.add("finance", frames);

    var result =
        ground.hunt(
            book(
                "type: value_count",
                "rules: [failed, came]",
                "timespan: 1h",
                "condition: {gte: 8000, field: Host}"));

    assertThat(result.shortfalls()).containsExactly(HuntResult.Shortfall.WINDOWS);
  }

  @Test
  void many_hits_are_read_once_more_in_the_order_of_their_times() {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("-Dfarol.seed=" + seed);
    try (var narrow = new Ground(folder.resolve("narrow"), new Counting.Bounds(10_000, 40))) {
      fill(narrow, seed);
      fill(ground, seed);
      for (String type : List.of("temporal_ordered", "farol_absence")) {
        var book = book("type: " + type, "rules: [failed, came]", "timespan: 6m");
        assertThat(shown(narrow.hunt(book))).isEqualTo(shown(ground.hunt(book))).isNotEmpty();
      }
    }
  }

  @Test
  void more_hits_than_can_be_held_are_told_of() {
    try (var narrow = new Ground(folder.resolve("narrow"), new Counting.Bounds(100, 40))) {
      fill(narrow, 1);
      var result =
          narrow.hunt(
              book("type: event_count", "rules: [failed]", "timespan: 1h", "condition: {gte: 2}"));
      assertThat(result.isWhole()).isFalse();
      assertThat(result.shortfalls()).containsExactly(HuntResult.Shortfall.HITS);
      assertThat(result.groups()).isPositive();
    }
  }

  /** Rows by rule, agency, lane and group, as a hunt has them. */
  private static Map<String, List<String>> shown(HuntResult result) {
    var rows = new TreeMap<String, List<String>>();
    for (var hit : result.hits()) {
      var group = hit.group().orElseThrow();
      rows.computeIfAbsent(
              hit.what() + hit.agency() + group.lane() + group.values(), _ -> new ArrayList<>())
          .add(row(group.count(), group.firstAt(), group.lastAt()));
    }
    return rows;
  }

  private static String row(long count, Instant firstAt, Instant lastAt) {
    return count + " from " + firstAt + " to " + lastAt;
  }

  /** The same by live windows, which are handed every detection in the order of time. */
  private Map<String, List<String>> live(RuleBook book) {
    var settings = RuleSettings.standard();
    var matcher = new Matcher(book, settings.fields());
    var detections = new ArrayList<Detection>();
    ground.each(
        events -> {
          for (int i = 0; i < events.count(); i++) {
            matcher.match(events, i, detections::add);
          }
        });
    detections.sort(
        Comparator.comparing((Detection d) -> d.event().occurredAt())
            .thenComparingLong(d -> d.event().id().sequence()));
    var windows =
        new Windows(
            WindowPlan.of(book, settings),
            WindowConfig.defaults(),
            new SimpleMeterRegistry(),
            Optional.empty(),
            LateHit.Sink.NONE);
    var crossings = new ArrayList<Crossing>();
    for (var each : detections) {
      windows.flush(each.event().occurredAt(), crossings::add);
      windows.accept(each, crossings::add);
    }
    windows.flush(Ground.NOW, crossings::add);
    var last = Micros.of(START.plusSeconds(10_800));
    windows.reached("finance", "import-1", false, Math.min(last, newestOfImport()));
    windows.end(crossings::add);
    return rows(crossings);
  }

  private long newestOfImport() {
    var newest = new long[] {Long.MIN_VALUE};
    ground.each(
        events -> {
          for (int i = 0; i < events.count() && !events.origin().isLive(); i++) {
            newest[0] = Math.max(newest[0], events.occurredAtMicros(i));
          }
        });
    return newest[0];
  }

  // Those of one group that lie over one another are one row.
  private static Map<String, List<String>> rows(List<Crossing> crossings) {
    var groups = new TreeMap<String, List<Crossing>>();
    for (var c : crossings) {
      groups
          .computeIfAbsent(
              c.rule().id() + c.agency() + c.lane() + c.group(), _ -> new ArrayList<>())
          .add(c);
    }
    var rows = new TreeMap<String, List<String>>();
    groups.forEach((group, all) -> rows.put(group, merged(all)));
    return rows;
  }

  private static List<String> merged(List<Crossing> all) {
    var rows = new ArrayList<String>();
    long count = 0;
    Instant firstAt = Instant.MAX;
    Instant lastAt = Instant.MIN;
    for (var c : all) {
      if (c.firstAt().isAfter(lastAt)) {
        if (count > 0) {
          rows.add(row(count, firstAt, lastAt));
        }
        count = 0;
        firstAt = c.firstAt();
        lastAt = c.lastAt();
      }
      count = Math.max(count, c.count());
      firstAt = firstAt.isBefore(c.firstAt()) ? firstAt : c.firstAt();
      lastAt = lastAt.isAfter(c.lastAt()) ? lastAt : c.lastAt();
    }
    rows.add(row(count, firstAt, lastAt));
    return rows;
  }

  private static final String THREE =
      "type: event_count|rules: [failed]|group-by: [User]|timespan: 10m|condition: {gte: 3}";

  @Test
  void a_group_says_how_many_when_and_which_events() {
    ground.add(
        "finance",
        List.of(
            frame(60, "fail", "ana", "h1", 1),
            frame(30, "fail", "bo", "h1", 1),
            frame(0, "fail", "ana", "h1", 1),
            frame(90, "fail", "ana", "h1", 1),
            frame(3_600, "fail", "ana", "h2", 1)));

    var result = ground.hunt(book(THREE.split("\\|")));

    assertThat(result.hits()).hasSize(1);
    var hit = result.hits().getFirst();
    var group = hit.group().orElseThrow();
    assertThat(hit.agency()).isEqualTo("finance");
    assertThat(group.values()).containsExactly(Map.entry("User", "ana"));
    assertThat(group.count()).isEqualTo(3);
    assertThat(group.firstAt()).isEqualTo(START);
    assertThat(group.lastAt()).isEqualTo(START.plusSeconds(90)).isEqualTo(hit.occurredAt());
    assertThat(group.events()).extracting(e -> e.sequence()).containsExactly(0L, 2L, 3L);
    assertThat(result.finds())
        .containsExactly(new HuntResult.Find("33333333-3333-4333-8333-333333333333", "Counted", 1));
    assertThat(result.hours()).containsExactly(Map.entry(START, 1L));
  }

  @Test
  void a_group_is_by_a_field_that_has_a_space_in_its_name() {
    ground.add("finance", Collections.nCopies(3, spaced("ana")));
    ground.add("finance", Collections.nCopies(2, spaced("bo")));

    var result =
        ground.hunt(
            book(
                "type: event_count",
                "rules: [failed]",
                "group-by: [User Name]",
                "timespan: 10m",
                "condition: {gte: 3}"));

    assertThat(result.hits())
        .singleElement()
        .extracting(hit -> List.copyOf(hit.group().orElseThrow().values().values()))
        .isEqualTo(List.of("ana"));
  }

  private static String spaced(String user) {
    return """
        {"@timestamp":"%s","Act":"fail","User Name":"%s"}"""
        .formatted(START, user);
  }

  @Test
  void base_rules_are_told_only_where_the_correlation_generates() {
    ground.add(
        "finance",
        List.of(
            frame(0, "fail", "ana", "h1", 1),
            frame(1, "fail", "ana", "h1", 1),
            frame(2, "fail", "ana", "h1", 1)));

    assertThat(ground.hunt(book(THREE.split("\\|"))).matched()).isEqualTo(1);
    var both = ground.hunt(book((THREE + "|generate: true").split("\\|")));
    assertThat(both.matched()).isEqualTo(4);
    assertThat(both.groups()).isEqualTo(1);
  }

  @Test
  void a_hunt_of_a_time_warms_up_before_it_and_says_what_was_not_seen() {
    ground.add(
        "finance",
        List.of(
            frame(0, "fail", "ana", "h1", 1),
            frame(300, "fail", "ana", "h1", 1),
            frame(590, "fail", "ana", "h1", 1),
            frame(595, "other", "ana", "h1", 1)));
    var book = book(THREE.split("\\|"));

    var inside = between(book, 580, 700);
    assertThat(inside.hits()).hasSize(1);
    assertThat(inside.hits().getFirst().group().orElseThrow().firstAt()).isEqualTo(START);
    assertThat(inside.warmUp())
        .contains(
            new HuntResult.WarmUp(Optional.of(START.plusSeconds(-20)), Optional.of(START), true));
    assertThat(between(book, 591, 700).hits()).isEmpty();
    assertThat(between(book, 601, 700).warmUp().orElseThrow().isCut()).isFalse();
    assertThat(ground.hunt(book).warmUp().orElseThrow().from()).isEmpty();
    assertThat(ground.hunt(Rules.book(BASE.substring(0, BASE.indexOf("---")))).warmUp()).isEmpty();
  }

  private HuntResult between(RuleBook book, long from, long to) {
    return ground.hunt(
        new HuntOrder(
            new HuntTarget.Rules(book, RuleSettings.standard(), Optional.empty()),
            Scope.national(),
            Micros.of(START.plusSeconds(from)),
            Micros.of(START.plusSeconds(to)),
            Duration.ofMinutes(1)));
  }

  @Test
  void what_did_not_come_by_the_end_of_the_time_is_told_and_what_may_still_come_is_not() {
    ground.add(
        "finance", List.of(frame(0, "fail", "ana", "h1", 1), frame(2_000, "fail", "bo", "h1", 1)));
    var book = book("type: farol_absence", "rules: [failed]", "group-by: [User]", "timespan: 30m");

    assertThat(between(book, 0, 1_900).hits())
        .extracting(hit -> hit.group().orElseThrow().values().get("User"))
        .containsExactly("ana");
    assertThat(between(book, 0, 1_800).hits()).isEmpty();
    assertThat(ground.hunt(book).hits()).hasSize(2);
  }

  @Test
  void hits_that_came_too_late_for_live_windows_are_found() {
    ground.add(
        live("finance"), START.plusSeconds(7_300), List.of(frame(7_200, "fail", "ana", "h1", 1)));
    ground.add(
        live("finance"),
        START.plusSeconds(7_400),
        List.of(
            frame(10, "fail", "ana", "h1", 1),
            frame(20, "fail", "ana", "h1", 1),
            frame(30, "fail", "ana", "h1", 1)));

    var result = ground.hunt(book(THREE.split("\\|")));

    assertThat(result.isWhole()).isTrue();
    assertThat(result.groups()).isEqualTo(1);
  }

  @Test
  void a_chain_of_correlations_is_counted_and_reaches_back_as_far_as_all_of_it() {
    var frames = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 3; k++) {
        frames.add(frame(i * 1_000 + k * 100, "fail", "ana", "h" + i, 1));
      }
    }
    ground.add("finance", frames);
    var book =
        Rules.book(
            text(THREE.replace("[User]", "[User, Host]").split("\\|"))
                + """
                ---
                title: Again and again
                id: 44444444-4444-4444-8444-444444444444
                correlation:
                  type: value_count
                  rules: [counted]
                  group-by: [User]
                  timespan: 1h
                  condition: {gte: 3, field: Host}
                """);
    assertThat(book.refusals()).isEmpty();

    var last = between(book, 2_150, 3_000);

    assertThat(last.finds())
        .extracting(HuntResult.Find::title)
        .containsExactlyInAnyOrder("Again and again", "Counted");
    assertThat(last.warmUp().orElseThrow().from()).contains(START.plusSeconds(2_150 - 3_600 - 600));
  }

  @Test
  void a_correlation_under_edit_is_compared_with_what_it_was() {
    ground.add(
        "finance",
        List.of(
            frame(0, "fail", "ana", "h1", 1),
            frame(1, "fail", "ana", "h1", 1),
            frame(2, "fail", "ana", "h1", 1),
            frame(3, "fail", "bo", "h1", 1),
            frame(4, "fail", "bo", "h2", 1)));
    var now =
        book(
            THREE
                .replace("event_count", "value_count")
                .replace("{gte: 3}", "{gte: 2, field: Host}")
                .split("\\|"));
    var target =
        new HuntTarget.Rules(now, RuleSettings.standard(), Optional.of(book(THREE.split("\\|"))));

    var compared = ground.hunt(target, Scope.national()).comparison().orElseThrow();

    assertThat(compared.before()).isEqualTo(1);
    assertThat(compared.gained()).isEqualTo(1);
    assertThat(compared.lost()).isEqualTo(1);
    assertThat(compared.gainedHits().getFirst().why()).contains("User=bo");
    assertThat(compared.lostHits().getFirst().why()).contains("User=ana");
    var same = new HuntTarget.Rules(now, RuleSettings.standard(), Optional.of(now));
    assertThat(ground.hunt(same, Scope.national()).comparison().orElseThrow().gained()).isZero();
  }

  @Test
  void only_what_is_in_the_scope_is_counted() {
    for (String agency : List.of("finance", "health")) {
      ground.add(
          agency,
          List.of(
              frame(0, "fail", agency, "h1", 1),
              frame(1, "fail", agency, "h1", 1),
              frame(2, "fail", agency, "h1", 1)));
    }
    var book = book(THREE.split("\\|"));

    var own = ground.hunt(book, RuleSettings.standard(), Scope.of("health"));
    assertThat(own.groups()).isEqualTo(1);
    assertThat(own.read()).isEqualTo(3);
    assertThat(HuntJson.of(own).toString()).doesNotContain("finance");
    assertThat(ground.hunt(book).groups()).isEqualTo(2);
  }

  @Test
  void rules_beside_are_counted_and_not_told() {
    var all = book((THREE + "|generate: true").split("\\|"));
    var text =
        """
        title: Mine
        id: 55555555-5555-4555-8555-555555555555
        correlation:
          type: event_count
          rules: [counted]
          group-by: [User]
          timespan: 10m
          condition: {gte: 1}
        """;
    var mine = HuntTargetReader.rules(text, RuleSettings.standard(), all);
    ground.add(
        "finance",
        List.of(
            frame(0, "fail", "ana", "h1", 1),
            frame(1, "fail", "ana", "h1", 1),
            frame(2, "fail", "ana", "h1", 1)));

    assertThat(mine.beside())
        .containsExactlyInAnyOrder(
            "11111111-1111-4111-8111-111111111111", "33333333-3333-4333-8333-333333333333");
    var target =
        new HuntTarget.Rules(mine.book(), RuleSettings.standard(), Optional.empty(), mine.beside());
    assertThat(ground.hunt(target, Scope.national()).finds())
        .extracting(HuntResult.Find::title)
        .containsExactly("Mine");
  }
}
