package mo.farol.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import mo.farol.event.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
  private static final Origin LIVE = Origin.live("a", "syslog.tcp", "192.0.2.1");

  private Instant now = START;
  private final InstantSource clock = () -> now;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private Sources sources = new Sources(SilenceConfig.defaults(), clock);
  private long sequence;

  @Test
  void a_source_that_stops_is_told_once_and_again_only_after_it_was_heard_again() {
    speak(LIVE, "web-01", 30, Duration.ofSeconds(30));
    speak(LIVE, "db-01", 1, Duration.ofSeconds(1));
    assertThat(sources.due(now)).isEmpty();

    now = now.plus(Duration.ofMinutes(3));
    assertThat(sources.due(now))
        .singleElement()
        .satisfies(
            silence -> {
              assertThat(silence.source()).isEqualTo(new Source("a", "web-01"));
              assertThat(silence.lastSequence()).isEqualTo(29);
              assertThat(silence.expected()).isEqualTo(Duration.ofMinutes(2));
            });
    assertThat(sources.due(now.plusSeconds(600))).isEmpty();

    speak(LIVE, "web-01", 1, Duration.ZERO);
    now = now.plus(Duration.ofMinutes(10));
    assertThat(sources.due(now)).hasSize(1);
  }

  @Test
  void a_slow_source_is_given_more_time_than_a_busy_one() {
    speak(LIVE, "slow", 25, Duration.ofMinutes(4));

    now = now.plus(Duration.ofMinutes(8));
    assertThat(sources.due(now)).isEmpty();
    now = now.plus(Duration.ofMinutes(5));
    assertThat(sources.due(now)).hasSize(1);
  }

  @Test
  void a_source_too_little_known_has_no_cadence_to_miss() {
    speak(LIVE, "new", 10, Duration.ofSeconds(30));

    assertThat(sources.due(now.plus(Duration.ofHours(1)))).isEmpty();
  }

  @Test
  void an_agency_is_silent_when_the_last_of_its_known_sources_is() {
    speak(LIVE, "web-01", 30, Duration.ofSeconds(30));
    speak(LIVE, "db-01", 30, Duration.ofSeconds(30));
    speak(LIVE, "guest", 1, Duration.ZERO);

    assertThat(sources.due(now.plusSeconds(10)))
        .extracting(silence -> silence.source().host(), Silence::wholeAgency)
        .containsExactly(tuple("web-01", false));
    assertThat(sources.due(now.plus(Duration.ofMinutes(20))))
        .extracting(silence -> silence.source().host(), Silence::wholeAgency)
        .containsExactly(tuple("db-01", true));
  }

  @Test
  void imports_and_drills_say_nothing_about_a_source() {
    speak(new Origin("a", "import", "", "import-1", false, "", 0, "UTC"), "old", 30, second());
    speak(new Origin("a", "syslog.tcp", "", "", true, "", 0, "UTC"), "drill", 30, second());

    assertThat(sources.health(Scope.national())).isEmpty();
  }

  @Test
  void an_agency_sees_its_own_sources_only() {
    speak(LIVE, "web-01", 3, second());

    assertThat(sources.health(Scope.of("b"))).isEmpty();
    assertThat(sources.health(Scope.of("a")))
        .singleElement()
        .satisfies(
            health -> {
              assertThat(health.events()).isEqualTo(3);
              assertThat(health.input()).isEqualTo("syslog.tcp");
              assertThat(health.silent()).isFalse();
            });
  }

  @Test
  void a_restart_forgets_no_source_and_takes_its_own_absence_for_nobodys_silence(
      @TempDir Path home) {
    var file = Optional.of(home.resolve("sources.json"));
    sources = new Sources(SilenceConfig.defaults(), clock, file, metrics);
    speak(LIVE, "web-01", 30, Duration.ofSeconds(30));
    sources.checkpoint();

    now = now.plus(Duration.ofHours(5));
    var after = new Sources(SilenceConfig.defaults(), clock, file, metrics);

    assertThat(after.due(now.plusSeconds(60))).isEmpty();
    assertThat(after.due(now.plusSeconds(180))).hasSize(1);
  }

  @Test
  void what_was_marked_as_sent_again_is_counted_by_source_and_not_forgotten(@TempDir Path home) {
    var file = Optional.of(home.resolve("sources.json"));
    sources = new Sources(SilenceConfig.defaults(), clock, file, metrics);
    speak(LIVE, "web-01", 3, second());
    for (int i = 0; i < 2; i++) {
      var batch = new EventBatch();
      var frames = FrameBatch.ofTexts(LIVE, now, "x").withMarks(new byte[] {FrameBatch.DUPLICATE});
      batch.open(frames, sequence++, 0);
      batch.addText(Fields.HOST_NAME, "web-01");
      batch.close(Micros.of(now), Severity.NOTICE, null);
      sources.accept(batch);
    }
    sources.checkpoint();

    var after = new Sources(SilenceConfig.defaults(), clock, file, metrics);
    assertThat(after.health(Scope.national()))
        .extracting(SourceHealth::events, SourceHealth::repeated)
        .containsExactly(tuple(5L, 2L));
  }

  @Test
  void a_damaged_file_is_learned_anew(@TempDir Path home) throws Exception {
    var file = Files.writeString(home.resolve("sources.json"), "[{\"agency\":");

    var anew = new Sources(SilenceConfig.defaults(), clock, Optional.of(file), metrics);

    assertThat(anew.health(Scope.national())).isEmpty();
  }

  @Test
  void a_file_of_what_is_usual_that_ends_early_costs_no_event(@TempDir Path home) throws Exception {
    var file = Optional.of(home.resolve("sources.json"));
    sources = new Sources(SilenceConfig.defaults(), clock, file, metrics);
    say("web-01", "sshd", "cron", "nginx");
    sources.end();
    var usual = home.resolve("sources.json.cadence");
    byte[] whole = Files.readAllBytes(usual);

    for (int length = 0; length < whole.length; length += 3) {
      Files.write(usual, Arrays.copyOf(whole, length));
      sources = new Sources(SilenceConfig.defaults(), clock, file, new SimpleMeterRegistry());
      say("web-01", "sshd", "cron", "nginx");
      assertThat(sources.due(now)).as("%d bytes", length).isEmpty();
      assertThat(sources.health(Scope.national()))
          .extracting(SourceHealth::events)
          .containsExactly(6L);
    }
  }

  @Test
  void an_event_read_again_after_a_restart_counts_once() {
    speak(LIVE, "web-01", 5, second());
    sequence = 0;
    speak(LIVE, "web-01", 6, second());

    assertThat(sources.health(Scope.national()).getFirst().events()).isEqualTo(6);
  }

  @Test
  void what_is_missing_by_number_is_a_gauge_of_its_agency(@TempDir Path home) {
    var file = Optional.of(home.resolve("sources.json"));
    sources = new Sources(SilenceConfig.defaults(), clock, file, metrics);
    var other = Origin.live("b", "syslog.tcp", "192.0.2.2");
    numbered(LIVE, "web-01", 1, 2, 5);
    numbered(LIVE, "web-02", 1, 4);
    numbered(other, "db-01", 1, 2);
    assertThat(missing(metrics, "a")).isEqualTo(4);
    assertThat(missing(metrics, "b")).isZero();
    numbered(LIVE, "web-01", 3);
    assertThat(missing(metrics, "a")).as("one came late").isEqualTo(3);

    sources.checkpoint();
    var anew = new SimpleMeterRegistry();
    sources = new Sources(SilenceConfig.defaults(), clock, file, anew);
    assertThat(missing(anew, "a")).as("after a restart").isEqualTo(3);
  }

  @Test
  void a_source_that_is_forgotten_leaves_the_gauge_too() {
    var d = SilenceConfig.defaults();
    var one =
        new SilenceConfig(d.floor(), d.ceiling(), d.slack(), d.minimumEvents(), d.minimumSpan(), 1);
    sources = new Sources(one, clock, Optional.empty(), metrics);
    numbered(LIVE, "web-01", 1, 5);
    assertThat(missing(metrics, "a")).isEqualTo(3);
    numbered(LIVE, "web-02", 1);
    assertThat(missing(metrics, "a")).isZero();
  }

  @Test
  void the_gauges_of_more_agencies_than_there_may_be_are_one() {
    var missing = new Missing(metrics);
    for (int i = 0; i < Missing.MOST_AGENCIES + 7; i++) {
      missing.add("agency-" + i, 1);
    }
    assertThat(metrics.find("farol_source_missing_events").gauges())
        .hasSize(Missing.MOST_AGENCIES + 1);
    assertThat(missing(metrics, Missing.OTHER)).isEqualTo(7);
  }

  private static double missing(SimpleMeterRegistry metrics, String agency) {
    return metrics.get("farol_source_missing_events").tag("agency", agency).gauge().value();
  }

  private void numbered(Origin origin, String host, int... numbers) {
    for (int number : numbers) {
      var batch = new EventBatch();
      batch.open(FrameBatch.ofTexts(origin, now, "x"), sequence++, 0);
      batch.addText(Fields.HOST_NAME, host);
      batch.addText(Fields.SYSLOG_SEQUENCE, Integer.toString(number));
      batch.close(Micros.of(now), Severity.NOTICE, null);
      sources.accept(batch);
    }
  }

  private static Duration second() {
    return Duration.ofSeconds(1);
  }

  private void say(String host, String... programs) {
    for (String program : programs) {
      now = now.plusSeconds(1);
      var batch = new EventBatch();
      batch.open(FrameBatch.ofTexts(LIVE, now, "x"), sequence++, 0);
      batch.addText(Fields.HOST_NAME, host);
      batch.addText(Fields.APP_NAME, program);
      batch.close(Micros.of(now), Severity.NOTICE, null);
      sources.accept(batch);
    }
  }

  private void speak(Origin origin, String host, int times, Duration pause) {
    for (int i = 0; i < times; i++) {
      now = now.plus(pause);
      var batch = new EventBatch();
      batch.open(FrameBatch.ofTexts(origin, now, "x"), sequence++, 0);
      batch.addText(Fields.HOST_NAME, host);
      batch.close(Micros.of(now), Severity.NOTICE, null);
      sources.accept(batch);
    }
  }
}
