package mo.farol.hunt;

import static mo.farol.hunt.HomeEvents.START;
import static mo.farol.hunt.HomeEvents.book;
import static mo.farol.hunt.HomeEvents.fill;
import static mo.farol.hunt.HomeEvents.frame;
import static mo.farol.hunt.HomeEvents.live;
import static mo.farol.hunt.HomeEvents.seed;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import mo.farol.event.Micros;
import mo.farol.match.Detection;
import mo.farol.match.Matcher;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.RuleBook;
import mo.farol.window.Crossing;
import mo.farol.window.LateHit;
import mo.farol.window.WindowConfig;
import mo.farol.window.WindowPlan;
import mo.farol.window.Windows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hunt finds is what the windows of live detection find. */
class CorrelationOracleTest {
  @TempDir static Path folder;
  private static final long SEED = seed();
  private static Ground mixed;
  private static Ground inOrder;

  @BeforeAll
  static void open() {
    mixed = new Ground(folder.resolve("mixed"));
    fill(mixed, SEED);
    inOrder = new Ground(folder.resolve("in-order"));
    comeInOrder();
  }

  @AfterAll
  static void close() {
    mixed.close();
    inOrder.close();
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
    var book = book(lines + "|rules: [failed, came]|group-by: [User]");

    var result = mixed.hunt(book);

    assertThat(result.isWhole()).isTrue();
    assertThat(GroupRows.of(result)).isEqualTo(counted(book)).isNotEmpty();
    assertThat(result.groups()).isEqualTo(result.hits().size()).isEqualTo(result.matched());
    assertThat(result.agencies().values().stream().mapToLong(n -> n).sum())
        .isEqualTo(result.groups());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void where_events_came_in_order_it_finds_what_live_detection_found_as_they_came(String lines) {
    var book = book(lines + "|rules: [failed, came]|group-by: [User]");
    var crossings = new ArrayList<Crossing>();
    var windows = new Windows(book, RuleSettings.standard().fields());
    var matcher = new Matcher(book, RuleSettings.standard().fields());
    inOrder.each(
        events -> {
          windows.advance(Micros.toInstant(events.frames().receivedAtMicros()), crossings::add);
          for (int i = 0; i < events.count(); i++) {
            matcher.match(events, i, each -> windows.accept(each, crossings::add));
          }
          windows.flush(Instant.MAX, crossings::add);
        });
    windows.end(crossings::add);

    assertThat(GroupRows.of(inOrder.hunt(book))).isEqualTo(GroupRows.of(crossings));
  }

  private static void comeInOrder() {
    var random = new Random(SEED);
    long second = 0;
    for (int i = 0; i < 120; i++) {
      second += 1 + random.nextInt(150);
      String act = random.nextInt(3) == 0 ? "come" : "fail";
      String host = "h" + random.nextInt(6);
      var line = frame(second, act, "u" + random.nextInt(3), host, random.nextInt(50));
      inOrder.add(live("finance"), START.plusSeconds(second), List.of(line));
    }
  }

  /** What live windows count, which are handed every detection in the order of time. */
  private static Map<String, List<String>> counted(RuleBook book) {
    var settings = RuleSettings.standard();
    var matcher = new Matcher(book, settings.fields());
    var detections = new ArrayList<Detection>();
    mixed.each(
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
    return GroupRows.of(crossings);
  }

  private static long newestOfImport() {
    var newest = new long[] {Long.MIN_VALUE};
    mixed.each(
        events -> {
          for (int i = 0; i < events.count() && !events.origin().isLive(); i++) {
            newest[0] = Math.max(newest[0], events.occurredAtMicros(i));
          }
        });
    return newest[0];
  }
}
