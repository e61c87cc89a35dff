package mo.farol.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;
import mo.farol.journal.MemoryLog;
import mo.farol.wire.Agencies;
import mo.farol.wire.Appender;
import mo.farol.wire.Budget;
import mo.farol.wire.Counts;
import mo.farol.wire.Doubts;
import mo.farol.wire.Inlet;
import mo.farol.wire.Quotas;
import mo.farol.wire.Shares;
import org.junit.jupiter.api.Test;

class LastWordsTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private final MemoryLog log = new MemoryLog();

  @Test
  void after_a_stop_the_last_minute_of_inputs_that_answer_may_come_again() {
    append("http", NOON.minusSeconds(90), "old");
    append("http", NOON.minusSeconds(30), "posted");
    append("syslog.tcp", NOON.minusSeconds(20), "streamed");
    append("relp", NOON, "sent");

    var kept = keep(afterRestart(), "old", "posted", "streamed", "sent", "new");

    assertThat(IntStream.range(0, 5).map(kept::marks)).containsExactly(0, 4, 0, 4, 0);
  }

  @Test
  void a_journal_without_frames_leaves_nothing_in_doubt() {
    var kept = keep(afterRestart(), "new");
    assertThat(kept.marks(0)).isZero();
  }

  private Appender afterRestart() {
    var metrics = new SimpleMeterRegistry();
    var doubts = new Doubts(System::nanoTime, metrics);
    LastWords.doubt(log, doubts);
    return new Inlet(
            log,
            InstantSource.fixed(NOON),
            new Counts(metrics),
            new java.util.concurrent.atomic.AtomicLong(),
            1 << 20,
            new Shares(Quotas.NONE, 1 << 20, System::nanoTime, metrics),
            doubts,
            new Budget(1 << 20),
            new Agencies(1, new Counts(metrics)),
            65_536)
        .appender("relp");
  }

  private FrameBatch keep(Appender appender, String... texts) {
    appender.append(appender.batch(frames(texts), origin()), new Heard());
    return log.blocks().getLast().frames();
  }

  private void append(String input, Instant at, String text) {
    log.append(FrameBatch.ofTexts(Origin.live("a", input, "192.0.2.1"), at, text), new Heard());
  }

  private static FrameBatch.Builder frames(String... texts) {
    var frames = new FrameBatch.Builder();
    for (String text : texts) {
      byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      frames.add(bytes, 0, bytes.length, (byte) 0);
    }
    return frames;
  }

  private static Origin origin() {
    return Origin.live("a", "relp", "192.0.2.1");
  }

  private static final class Heard implements EventLog.Acknowledgement {
    @Override
    public void durable(long firstSequence) {
      assertThat(firstSequence).isNotNegative();
    }

    @Override
    public void failed(JournalFault fault) {
      throw fault;
    }
  }
}
