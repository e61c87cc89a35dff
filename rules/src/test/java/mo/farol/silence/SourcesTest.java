package mo.farol.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    sources = new Sources(SilenceConfig.defaults(), clock, file);
    speak(LIVE, "web-01", 30, Duration.ofSeconds(30));
    sources.checkpoint();

    now = now.plus(Duration.ofHours(5));
    var after = new Sources(SilenceConfig.defaults(), clock, file);

    assertThat(after.due(now.plusSeconds(60))).isEmpty();
    assertThat(after.due(now.plusSeconds(180))).hasSize(1);
  }

  @Test
  void a_damaged_file_is_learned_anew(@TempDir Path home) throws Exception {
    var file = Files.writeString(home.resolve("sources.json"), "[{\"agency\":");

    var anew = new Sources(SilenceConfig.defaults(), clock, Optional.of(file));

    assertThat(anew.health(Scope.national())).isEmpty();
  }

  @Test
  void an_event_read_again_after_a_restart_counts_once() {
    speak(LIVE, "web-01", 5, second());
    sequence = 0;
    speak(LIVE, "web-01", 6, second());

    assertThat(sources.health(Scope.national()).getFirst().events()).isEqualTo(6);
  }

  private static Duration second() {
    return Duration.ofSeconds(1);
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
