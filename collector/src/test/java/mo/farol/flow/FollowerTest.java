package mo.farol.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Severity;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;
import mo.farol.journal.MemoryLog;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import org.junit.jupiter.api.Test;

class FollowerTest {
  private final MemoryLog log = new MemoryLog();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Parser parser = new Parser(ParseConfig.defaults());

  @Test
  void a_sink_gets_every_event_in_order_batch_by_batch_and_hears_when_it_has_caught_up() {
    append("a", "b", "c");
    append("d");
    var sink = new RecordingSink(0);
    try (var _ = follow(sink)) {
      await().until(() -> sink.messages().size() == 4);
      append("e");
      await().until(() -> sink.messages().size() == 5);
      await().until(sink::isCaughtUp);
    }
    assertThat(sink.messages()).containsExactly("0 a", "1 b", "2 c", "3 d", "4 e");
    assertThat(sink.batches()).containsExactly(3, 1, 1);
    assertThat(count("farol_flow_events_total")).isEqualTo(5);
  }

  @Test
  void a_replay_from_an_offset_gives_the_same_events_as_the_first_time() {
    for (int i = 0; i < 40; i++) {
      append("one " + i, "two " + i, "three " + i);
    }
    var whole = new RecordingSink(0);
    try (var _ = follow(whole)) {
      await().until(() -> whole.messages().size() == 120);
    }
    for (int from : new int[] {0, 1, 2, 3, 59, 118, 119}) {
      var again = new RecordingSink(from);
      try (var _ = follow(again)) {
        await().until(() -> again.messages().size() == 120 - from);
      }
      assertThat(again.messages()).isEqualTo(whole.messages().subList(from, 120));
    }
  }

  @Test
  void a_large_block_is_handed_on_in_parts() {
    append(IntStream.range(0, 10_000).mapToObj(i -> "line " + i).toArray(String[]::new));
    var sink = new RecordingSink(5000);
    try (var _ = follow(sink)) {
      await().until(() -> sink.messages().size() == 5000);
    }
    assertThat(sink.messages()).startsWith("5000 line 5000").endsWith("9999 line 9999");
    assertThat(sink.batches()).containsExactly(3192, 1808);
  }

  @Test
  void a_mapped_file_that_the_disk_can_not_give_ends_no_belt() {
    append("a", "b");
    var failed = new AtomicBoolean();
    var sink =
        new RecordingSink(
            0,
            message -> {
              if (message.equals("b") && failed.compareAndSet(false, true)) {
                throw new InternalError("a fault occurred in an unsafe memory access (made up)");
              }
            });
    try (var _ = follow(sink)) {
      await().until(() -> sink.messages().size() == 2);
    }
    assertThat(failed).isTrue();
    assertThat(sink.messages()).containsExactly("0 a", "1 b");
    assertThat(count("farol_flow_stumbles_total")).isOne();
  }

  @Test
  void an_idle_sink_is_given_its_pulse() {
    var sink = new RecordingSink(0);
    try (var _ = follow(sink)) {
      await().until(() -> sink.pulses() > 3);
    }
    assertThat(sink.messages()).isEmpty();
    assertThat(sink.isCaughtUp()).isTrue();
  }

  @Test
  void only_the_event_a_sink_fails_on_is_left_out_and_the_belt_goes_on() {
    append("good", "poison", "fine");
    append("more", "poison");
    append("last");
    var sink =
        new RecordingSink(
            0,
            message -> {
              if (message.equals("poison")) {
                throw new IllegalStateException("can't stomach this");
              }
            });
    try (var _ = follow(sink)) {
      await().until(() -> sink.messages().size() == 4);
    }
    assertThat(sink.messages()).containsExactly("0 good", "2 fine", "3 more", "5 last");
    assertThat(count("farol_flow_poisoned_total")).isEqualTo(2);
    assertThat(count("farol_flow_stumbles_total")).isZero();
  }

  @Test
  void only_the_event_the_parser_fails_on_is_left_out_even_when_it_overflows_the_stack() {
    append("good", "deep", "fine");
    append("last");
    var sink = new RecordingSink(0);
    BatchParser brittle =
        (frames, first, position, into) -> {
          for (int i = 0; i < frames.count(); i++) {
            if (frames.frame(i, first).text().equals("deep")) {
              throw new StackOverflowError("as deep JSON might");
            }
          }
          parser.parse(frames, first, position, into);
        };
    try (var _ = new Follower(log, brittle, sink, metrics).start()) {
      await().until(() -> sink.messages().size() == 3);
    }
    assertThat(sink.messages()).containsExactly("0 good", "2 fine", "3 last");
    assertThat(count("farol_flow_poisoned_total")).isEqualTo(1);
  }

  @Test
  void a_run_of_poison_longer_than_any_patience_does_not_stop_the_belt() {
    append(IntStream.range(0, 80).mapToObj(_ -> "poison").toArray(String[]::new));
    append("last");
    var sink =
        new RecordingSink(
            0,
            message -> {
              if (message.equals("poison")) {
                throw new IllegalStateException("can't stomach this");
              }
            });
    try (var _ = follow(sink)) {
      await().until(() -> sink.messages().size() == 1);
    }
    assertThat(sink.messages()).containsExactly("80 last");
    assertThat(count("farol_flow_poisoned_total")).isEqualTo(80);
  }

  @Test
  void while_the_sink_has_a_full_disk_nothing_is_left_out_and_the_belt_waits() {
    var isFull = new AtomicBoolean(true);
    append("a", "b");
    append("c");
    var sink =
        new RecordingSink(
            0,
            _ -> {
              if (isFull.get()) {
                throw new UncheckedIOException(new IOException("No space left on device"));
              }
            });
    try (var _ = follow(sink)) {
      await().until(() -> count("farol_flow_stumbles_total") >= 2);
      assertThat(sink.messages()).isEmpty();
      isFull.set(false);
      await().until(() -> sink.messages().size() == 3);
    }
    assertThat(sink.messages()).containsExactly("0 a", "1 b", "2 c");
    assertThat(count("farol_flow_poisoned_total")).isZero();
  }

  @Test
  void a_batch_is_parsed_into_one_reused_batch_with_its_place_in_the_journal() {
    append("first", "second");
    var seen = new java.util.concurrent.CopyOnWriteArrayList<Long>();
    BatchParser noting =
        (FrameBatch frames, long first, long position, EventBatch into) -> {
          seen.addAll(List.of(first, position));
          into.open(frames, first, position);
          for (int i = 0; i < frames.count(); i++) {
            into.close(Micros.NONE, Severity.INFORMATIONAL, null);
          }
        };
    var sink = new RecordingSink(0);
    try (var _ = new Follower(log, noting, sink, metrics).start()) {
      await().until(() -> sink.messages().size() == 2);
    }
    assertThat(seen).containsExactly(0L, 0L);
  }

  @Test
  void a_view_that_lacks_what_it_had_long_ago_goes_back_for_it_and_then_on_without_the_rest() {
    for (int i = 0; i < 10; i++) {
      append("event " + i);
    }
    var sink = new MendingSink();
    try (var _ = new Follower(log, parser, sink, metrics).start()) {
      await().until(() -> sink.taken.size() == 13);
    }
    assertThat(sink.taken).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 2L, 3L, 4L, 6L, 7L, 8L, 9L);
    assertThat(count("farol_flow_stumbles_total")).isZero();
  }

  /** After six events it lacks 2, 3 and 4 again. */
  private static final class MendingSink implements mo.farol.event.Sink {
    private final List<Long> taken = new java.util.concurrent.CopyOnWriteArrayList<>();
    private boolean lacks = true;
    private boolean mending;

    @Override
    public String name() {
      return "mending";
    }

    @Override
    public long next() {
      return 0;
    }

    @Override
    public long resume(long next) {
      if (lacks && next == 6) {
        lacks = false;
        mending = true;
        return 2;
      }
      if (mending && next == 5) {
        mending = false;
        return 6;
      }
      return next;
    }

    @Override
    public void accept(EventBatch batch) {
      for (int i = batch.first(); i < batch.count(); i++) {
        taken.add(batch.sequence(i));
      }
    }

    @Override
    public void pulse(boolean caughtUp) {
      // nothing waits
    }
  }

  private Follower follow(RecordingSink sink) {
    return new Follower(log, parser, sink, metrics).start();
  }

  private double count(String name) {
    return metrics.get(name).counter().count();
  }

  private void append(String... texts) {
    var lines = List.of(texts).stream().map(FollowerTest::line).toArray(String[]::new);
    log.append(
        FrameBatch.ofTexts(Origin.live("harbour", "test", ""), Instant.EPOCH, lines),
        new EventLog.Acknowledgement() {
          @Override
          public void durable(long firstSequence) {}

          @Override
          public void failed(JournalFault fault) {
            throw fault;
          }
        });
  }

  private static String line(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
