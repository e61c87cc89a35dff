package mo.farol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;
import mo.farol.journal.MemoryLog;
import org.junit.jupiter.api.Test;

class DoubtsTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private long now = Long.MAX_VALUE - 10;
  private final Doubts doubts = new Doubts(() -> now, metrics);

  @Test
  void what_may_come_again_is_marked_once_when_it_does() {
    doubts.doubt(batch("a", "one", "two"));
    assertThat(marks(doubts.marked(batch("a", "zero", "two", "two", "one"))))
        .containsExactly(0, 4, 0, 4);
    assertThat(marks(doubts.marked(batch("a", "one")))).containsExactly(0);
    assertThat(metrics.counter("farol_intake_duplicates_total").count()).isEqualTo(2);
  }

  @Test
  void what_was_doubted_twice_may_come_again_twice() {
    doubts.doubt(batch("a", "one", "one"));
    assertThat(marks(doubts.marked(batch("a", "one", "one", "one")))).containsExactly(4, 4, 0);
  }

  @Test
  void another_agency_s_like_frame_is_its_own() {
    doubts.doubt(batch("a", "one"));
    assertThat(marks(doubts.marked(batch("b", "one")))).containsExactly(0);
  }

  @Test
  void another_sender_s_like_frame_is_its_own() {
    doubts.doubt(batch("a", "one"));
    var other = FrameBatch.ofTexts(Origin.live("a", "relp", "192.0.2.2"), Instant.EPOCH, "one");
    assertThat(marks(doubts.marked(other))).containsExactly(0);
    assertThat(marks(doubts.marked(batch("a", "one")))).containsExactly(4);
  }

  @Test
  void what_was_not_kept_after_all_is_no_duplicate() {
    doubts.doubt(batch("a", "one"));
    doubts.relieve(batch("a", "one"));
    assertThat(marks(doubts.marked(batch("a", "one")))).containsExactly(0);
  }

  @Test
  void after_an_hour_nothing_is_in_doubt() {
    doubts.doubt(batch("a", "one"));
    now += TimeUnit.MINUTES.toNanos(61);
    assertThat(marks(doubts.marked(batch("a", "one")))).containsExactly(0);
  }

  @Test
  void other_marks_stay() {
    doubts.doubt(batch("a", "one"));
    var cut = batch("a", "one").withMarks(new byte[] {FrameBatch.TRUNCATED});
    assertThat(marks(doubts.marked(cut))).containsExactly(5);
  }

  private static FrameBatch batch(String agency, String... texts) {
    return FrameBatch.ofTexts(Origin.live(agency, "relp", "192.0.2.1"), Instant.EPOCH, texts);
  }

  private static int[] marks(FrameBatch batch) {
    return IntStream.range(0, batch.count()).map(batch::marks).toArray();
  }

  @Test
  void a_doubt_is_not_lost_while_another_thread_finds_nothing() throws Exception {
    var ended = new AtomicBoolean();
    var other =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!ended.get()) {
                    doubts.marked(batch("a", "other"));
                  }
                });
    try {
      for (int i = 0; i < 20_000; i++) {
        doubts.doubt(batch("a", "frame " + i));
        assertThat(doubts.marked(batch("a", "frame " + i)).marks(0)).isEqualTo((byte) 4);
      }
    } finally {
      ended.set(true);
      other.join();
    }
  }

  @Test
  void what_was_marked_and_then_refused_by_the_log_is_marked_when_it_comes_once_more() {
    var log = new MemoryLog();
    var appender = Inlets.over(log, metrics, 1024).appender("relp");
    appender.doubt(batch("a", "one"));
    log.fail(true);
    appender.append(batch("a", "one", "two"), new Ignoring());
    log.fail(false);
    appender.append(batch("a", "one", "two"), new Ignoring());
    assertThat(marks(log.blocks().getLast().frames())).containsExactly(4, 0);
  }

  private static final class Ignoring implements EventLog.Acknowledgement {
    @Override
    public void durable(long firstSequence) {}

    @Override
    public void failed(JournalFault fault) {}
  }
}
