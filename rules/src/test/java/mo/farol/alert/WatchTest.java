package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.event.EventBatch;
import mo.farol.event.EventId;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.indicator.IndicatorMatcher;
import mo.farol.indicator.Indicators;
import mo.farol.match.FieldMap;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.silence.SilenceConfig;
import mo.farol.silence.Sources;
import mo.farol.window.Windows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
  private final ManualClock clock = new ManualClock(Instant.parse("2025-06-04T10:00:00Z"));
  private final MemoryAlertBook book = new MemoryAlertBook();
  private final Parser parser = new Parser(ParseConfig.defaults());
  private long sequence;

  @Test
  void no_source_is_missed_before_anything_can_be_heard() {
    try (var watch = watch(clock)) {
      for (int minute = 0; minute < 40; minute++) {
        watch.accept(batch("<13>1 2025-06-04T10:00:00Z db-01 app - - - fine"));
        pulse(watch, Duration.ofMinutes(1));
      }
      pulse(watch, Duration.ofHours(2));
      assertThat(book.alerts()).isEmpty();

      watch.listen();
      pulse(watch, Duration.ofMinutes(1));
      pulse(watch, Duration.ofMinutes(1));
      assertThat(book.alerts()).isNotEmpty().allMatch(a -> a.rule().id().contains("silent"));
    }
  }

  @Test
  void indicators_are_looked_for_in_every_event(@TempDir Path folder) throws Exception {
    Path list =
        Files.writeString(folder.resolve("a.csv"), "value,confidence,tlp\nevil.test,90,green\n");
    var set = Indicators.of(List.of(list), Optional.empty(), clock).current();
    var seen = new ArrayList<Sighting>();
    String line =
        "{\"@timestamp\":\"2025-06-04T09:59:00Z\",\"host.name\":\"db-01\","
            + "\"dns.question.name\":\"%s\"}";
    try (var watch = watch(clock)) {
      watch.seek(new IndicatorMatcher(() -> set), seen::add);
      watch.accept(batch(line.formatted("good.test")));
      watch.accept(batch(line.formatted("www.evil.test")));
      watch.accept(batch(line.formatted("evil.test")));
      pulse(watch, Duration.ofMinutes(1));
    }
    assertThat(seen).hasSize(2);
    assertThat(seen.getFirst().field("host.name")).isEqualTo("db-01");
    assertThat(book.alerts()).hasSize(1);
    var alert = book.alerts().getFirst();
    assertThat(alert.rule().id()).isEqualTo("indicator-seen");
    assertThat(alert.count()).isEqualTo(2);
    assertThat(alert.agency()).isEqualTo(seen.getFirst().hit().agency());
  }

  @Test
  void what_is_found_wrong_with_the_centre_is_asked_for_once_a_second_while_nothing_waits() {
    var asked = new ArrayList<Instant>();
    try (var watch = watch(clock)) {
      watch.heed(
          now -> {
            asked.add(now);
            if (asked.size() == 2) {
              throw new IllegalStateException("the ledger is away");
            }
            return asked.size() == 3 ? List.of(finding(now)) : List.of();
          });
      for (int second = 0; second < 6; second++) {
        clock.advance(Duration.ofSeconds(1));
        watch.pulse(false);
        assertThat(asked).as("while much waits").hasSize(second);
        watch.pulse(true);
        watch.pulse(true);
      }
    }
    assertThat(asked).hasSize(6);
    assertThat(book.alerts()).extracting(a -> a.rule().id()).containsExactly("seal-broken");
  }

  @Test
  void a_finding_takes_nothing_from_what_a_replay_has_to_say() throws Exception {
    var lines =
        Feed.lines(Path.of("book/web-shell-request/events.log")).stream()
            .map(Feed.Line::text)
            .toArray(String[]::new);
    try (var watch = watch(clock)) {
      watch.heed(now -> List.of(finding(now)));
      for (String agency : List.of("finance", "health", "water")) {
        pulseBusy(watch);
        watch.accept(batch(agency, lines));
        pulseBusy(watch);
      }
      assertThat(rules()).contains("campaign-technique").doesNotContain("seal-broken");
      pulse(watch, Duration.ofSeconds(1));
      assertThat(rules()).contains("campaign-technique", "seal-broken");
    }
  }

  @Test
  void after_a_restart_risk_weighs_what_is_critical_as_before() throws Exception {
    var lines =
        Feed.lines(Path.of("book/web-shell-request/events.log")).stream()
            .map(Feed.Line::text)
            .toArray(String[]::new);
    var everything = new Asset("*", Asset.Kind.HOST, "*", 5, "", "");
    var context =
        new AlertContext() {
          @Override
          public Optional<Asset> asset(String agency, List<Alert.Entity> entities) {
            return Optional.of(everything);
          }

          @Override
          public double precision(String agency, String rule) {
            return 1;
          }
        };
    List<RiskBook.Risk> before;
    try (var watch = watch(clock)) {
      watch.heed(context);
      watch.accept(batch(lines));
      pulse(watch, Duration.ofSeconds(1));
      before = risks(watch);
    }
    try (var watch = watch(clock)) {
      assertThat(before).isNotEmpty().isNotEqualTo(risks(watch));
      watch.heed(context);
      assertThat(risks(watch)).isEqualTo(before);
    }
    assertThat(book.asked()).as("once at each start").isEqualTo(2);
  }

  @Test
  void a_leap_of_our_own_clock_and_back_keeps_nothing_waiting() {
    var asked = new ArrayList<Instant>();
    var kept = new ArrayList<Instant>();
    try (var watch = watch(clock)) {
      watch.heed(
          now -> {
            asked.add(now);
            return List.of();
          });
      watch.remember(() -> kept.add(clock.instant()));
      pulse(watch, Duration.ofSeconds(1));
      pulse(watch, Duration.ofDays(365));
      watch.accept(batch("<13>1 2025-06-04T10:00:00Z db-01 app - - - fine"));
      pulse(watch, Duration.ofSeconds(1));
      clock.advance(Duration.ofDays(-365));
      asked.clear();
      kept.clear();
      watch.accept(batch("<13>1 2025-06-04T10:00:00Z db-01 app - - - fine"));
      pulse(watch, Duration.ofSeconds(1));
      assertThat(watch.detected()).as("checkpoint").isEqualTo(2);
      assertThat(asked).as("findings").hasSize(1);
      assertThat(kept).as("what is kept every ten seconds").hasSize(1);
      watch.accept(batch("<13>1 2025-06-04T10:00:00Z db-01 app - - - fine"));
      pulse(watch, Duration.ofSeconds(1));
      assertThat(watch.detected()).isEqualTo(3);
    }
  }

  private List<RiskBook.Risk> risks(Watch watch) {
    return watch.risk().top(_ -> true, clock.instant(), 10);
  }

  private void pulseBusy(Watch watch) {
    clock.advance(Duration.ofSeconds(1));
    watch.pulse(false);
  }

  private List<String> rules() {
    return book.alerts().stream().map(a -> a.rule().id()).toList();
  }

  private static Finding finding(Instant now) {
    return new Finding(Finding.Kind.SEAL, "seal", "it is broken", now, now, new EventId(0));
  }

  @Test
  void an_event_that_detection_fails_on_fails_again_alone_and_the_others_are_watched()
      throws Exception {
    var lines =
        Feed.lines(Path.of("book/ssh-password-guessing/events.log")).stream()
            .map(Feed.Line::text)
            .toArray(String[]::new);
    var flaky = new Flaky();
    try (var watch = watch(flaky)) {
      var failures = new ArrayList<Throwable>();
      flaky.failing = true;
      attempt(watch, batch(lines), failures);
      flaky.failing = false;
      assertThat(failures).hasSize(1);

      sequence = 0; // as a follower does: once more, one by one
      failures.clear();
      for (String line : lines) {
        attempt(watch, batch(line), failures);
      }
      assertThat(failures).hasSize(1);
      assertThat(failures.getFirst()).hasMessageContaining("detection failed on event");
      watch.pulse(false);
      assertThat(book.alerts()).isNotEmpty();
    }
  }

  private void pulse(Watch watch, Duration later) {
    clock.advance(later);
    watch.pulse(true);
  }

  private static void attempt(Watch watch, EventBatch batch, List<Throwable> failures) {
    try {
      watch.accept(batch);
    } catch (RuntimeException e) {
      failures.add(e);
    }
  }

  private EventBatch batch(String... lines) {
    return batch("agency-a", lines);
  }

  private EventBatch batch(String agency, String[] lines) {
    var batch = new EventBatch();
    var origin = new Origin(agency, "syslog.tcp", "127.0.0.1", "", false, "", 2025, "UTC");
    parser.parse(FrameBatch.ofTexts(origin, clock.instant(), lines), sequence, sequence, batch);
    sequence += lines.length;
    return batch;
  }

  private Watch watch(InstantSource deskClock) {
    return new Watch(
        Feed.set(Feed.RULES),
        new Windows(Feed.RULES, FieldMap.standard()),
        Feed.DECISIONS,
        DeskConfig.standard(),
        new Sources(SilenceConfig.defaults(), clock),
        book,
        LookBack.NONE,
        deskClock,
        new SimpleMeterRegistry(),
        _ -> {});
  }

  /** A clock that fails when it is asked to: the desk asks it for every fact. */
  private final class Flaky implements InstantSource {
    private boolean failing;

    @Override
    public Instant instant() {
      if (failing) {
        throw new IllegalStateException("no time");
      }
      return clock.instant();
    }
  }
}
