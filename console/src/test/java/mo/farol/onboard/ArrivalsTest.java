package mo.farol.onboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Executors;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.Journal;
import mo.farol.journal.JournalConfig;
import mo.farol.journal.JournalFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private Journal journal;
  private Arrivals arrivals;

  @BeforeEach
  void open(@TempDir Path folder) {
    journal =
        Journal.open(new JournalConfig(folder, 1 << 20, 64 << 20), new SimpleMeterRegistry())
            .start();
    arrivals = new Arrivals(journal);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void only_the_newest_ten_thousand_lines_are_looked_through() throws InterruptedException {
    append("water", 1);
    append("power", 10_001);
    append("water", 1);
    assertThat(arrivals.next("wong", "water", 0, LONG).orElseThrow().id().sequence())
        .isEqualTo(10_002);
    append("power", 9_998);
    assertThat(arrivals.next("wong", "water", 0, LONG).orElseThrow().id().sequence())
        .isEqualTo(10_002);
  }

  @Test
  void a_caller_waits_once_and_others_wait_beside_it() throws Exception {
    try (var one = Executors.newSingleThreadExecutor()) {
      var waiting = one.submit(() -> arrivals.next("wong", "water", Long.MAX_VALUE, LONG));
      await().until(() -> arrivals.isAsking("wong"));
      append("power", 1);
      assertThat(arrivals.next("wong", "power", 0, LONG)).isEmpty();
      assertThat(arrivals.next("olga", "power", 0, LONG)).isPresent();
      append("water", 1);
      assertThat(waiting.get().orElseThrow().id().sequence()).isEqualTo(1);
      assertThat(arrivals.next("wong", "power", 0, LONG)).isPresent();
    }
  }

  private void append(String agency, int lines) {
    long before = journal.durable();
    String[] texts = Collections.nCopies(lines, "line").toArray(String[]::new);
    journal.append(
        FrameBatch.ofTexts(Origin.live(agency, "http", "192.0.2.7"), Instant.now(), texts),
        new EventLog.Acknowledgement() {
          @Override
          public void durable(long firstSequence) {}

          @Override
          public void failed(JournalFault fault) {
            throw fault;
          }
        });
    await().until(() -> journal.durable() == before + lines);
  }
}
