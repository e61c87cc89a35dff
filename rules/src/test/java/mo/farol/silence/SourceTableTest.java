package mo.farol.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import org.junit.jupiter.api.Test;

/** More hosts than are remembered, most of them invented. */
class SourceTableTest {
  private Instant now = Instant.parse("2026-01-05T08:00:00Z");
  private final Sources sources =
      new Sources(
          new SilenceConfig(
              Duration.ofMinutes(2), Duration.ofMinutes(15), 3, 20, Duration.ofMinutes(10), 50),
          () -> now,
          Optional.empty(),
          new SimpleMeterRegistry());
  private long sequence;

  private void speak(String agency, String host) {
    var batch = new EventBatch();
    batch.open(
        FrameBatch.ofTexts(Origin.live(agency, "syslog.tcp", "192.0.2.1"), now, "x"),
        sequence++,
        0);
    batch.addText(Fields.HOST_NAME, host);
    batch.close(Micros.of(now), Severity.NOTICE, null);
    sources.accept(batch);
  }

  private List<String> hosts(String agency) {
    return sources.health(Scope.of(agency)).stream().map(h -> h.source().host()).toList();
  }

  @Test
  void a_flood_of_invented_hosts_pushes_out_none_that_is_known_nor_another_agencys() {
    for (int i = 0; i < 25; i++) {
      now = now.plusSeconds(30);
      speak("a", "web-01");
      speak("b", "db-01");
    }
    speak("b", "new");
    for (int i = 0; i < 500; i++) {
      speak("a", "invented-" + i);
    }
    assertThat(hosts("a")).hasSize(48).contains("web-01", "invented-499");
    assertThat(hosts("b")).containsExactlyInAnyOrder("db-01", "new");
    now = now.plus(Duration.ofMinutes(5));
    assertThat(sources.due(now))
        .extracting(each -> each.source().host())
        .contains("web-01", "db-01");
    for (int i = 0; i < 30; i++) {
      speak("b", "late-" + i);
    }
    assertThat(hosts("b")).as("an agency below its share takes the room of one above").hasSize(25);
  }

  @Test
  void a_flood_that_speaks_long_enough_to_be_known_pushes_out_none_either() {
    for (int i = 0; i < 50; i++) {
      now = now.plusSeconds(30);
      speak("a", "web-01");
      speak("b", "db-01");
      for (int k = 0; k < 60 && i >= 25; k++) {
        speak("a", "invented-" + k);
      }
    }
    now = now.plus(Duration.ofMinutes(1));
    for (int i = 0; i < 25; i++) {
      now = now.plusSeconds(30);
      for (int k = 0; k < 60; k++) {
        speak("a", "invented-" + k);
        speak("a", "more-" + k);
      }
    }
    assertThat(hosts("a")).contains("web-01");
    assertThat(hosts("b")).contains("db-01");
  }
}
