package mo.farol.centre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.Journal;
import mo.farol.journal.JournalConfig;
import mo.farol.journal.JournalFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalLookBackTest {
  private static final Instant START = Instant.parse("2026-11-25T20:00:00Z");

  @Test
  void a_hole_that_retention_left_makes_the_span_no_longer_and_no_shorter(@TempDir Path folder) {
    try (var journal =
        Journal.open(new JournalConfig(folder, 2_000, 64 << 20), new SimpleMeterRegistry())
            .start()) {
      for (int minute = 0; minute < 60; minute++) {
        append(journal, minute);
      }
      var lookBack = new JournalLookBack(journal);
      assertThat(lookBack.earlier(60, Duration.ofMinutes(40))).isEqualTo(19);

      // Among them are the sequences that halving asks for first.
      journal.closed().forEach(s -> journal.rewrite(s, JournalLookBackTest::left));
      assertThat(journal.holding(30)).isEmpty();
      assertThat(lookBack.earlier(60, Duration.ofMinutes(40))).isEqualTo(19);
      assertThat(lookBack.earlier(60, Duration.ofMinutes(56))).isEqualTo(3);
    }
  }

  private static List<EventLog.Block> left(EventLog.Block block) {
    return isHole(block.firstSequence()) ? List.of() : List.of(block);
  }

  private static boolean isHole(long sequence) {
    return sequence == 15 || sequence == 7 || (sequence >= 25 && sequence < 35);
  }

  private static void append(Journal journal, int minute) {
    journal.append(
        FrameBatch.ofTexts(
            Origin.live("water", "http", "192.0.2.7"),
            START.plus(Duration.ofMinutes(minute)),
            "line " + "x".repeat(100)),
        new EventLog.Acknowledgement() {
          @Override
          public void durable(long firstSequence) {}

          @Override
          public void failed(JournalFault fault) {
            throw fault;
          }
        });
    await().until(() -> journal.durable() == minute + 1L);
  }
}
