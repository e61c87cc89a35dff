package mo.farol.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.event.Original;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link EventLog} keeps to; one subclass for each. */
abstract class EventLogContract {
  EventLog log;

  /** A new, started log without a frame. */
  abstract EventLog open();

  @BeforeEach
  void openLog() {
    log = open();
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Test
  void a_frame_comes_back_as_it_went_in_with_its_origin_time_and_marks() {
    var origin =
        new Origin("港務局", "syslog.tls", "2001:db8::1", "import-7", true, "cef", 2025, "Asia/Macau");
    var builder = new FrameBatch.Builder();
    byte[] bytes = {0, (byte) 0xff, '\n', (byte) 0xc3, 'x'};
    builder.add(bytes, 0, 5, FrameBatch.TRUNCATED);
    builder.add(bytes, 1, 1, FrameBatch.GUESSED);
    builder.add(bytes, 2, 4, (byte) 0);
    byte[] noted = new byte[1 + Original.NOTE_BYTES];
    noted[0] = 'x';
    Original.write(1L << 40, new byte[32], noted, 1);
    builder.add(noted, 0, noted.length, (byte) (FrameBatch.TRUNCATED | FrameBatch.NOTED));

    long first = Answer.append(log, builder.build(origin, 1_234_567_890_123_456L));

    var block = log.holding(first).orElseThrow();
    assertThat(block.frames().origin()).isEqualTo(origin);
    assertThat(block.frames().receivedAtMicros()).isEqualTo(1_234_567_890_123_456L);
    assertThat(block.frames().count()).isEqualTo(4);
    assertThat(bytes(block, 0)).isEqualTo(bytes);
    assertThat(bytes(block, 1)).isEmpty();
    assertThat(bytes(block, 2)).isEqualTo(new byte[] {'\n', (byte) 0xc3});
    assertThat(block.frames().marks(0)).isEqualTo(FrameBatch.TRUNCATED);
    assertThat(block.frames().marks(1)).isEqualTo(FrameBatch.GUESSED);
    assertThat(block.frames().marks(2)).isZero();
    assertThat(bytes(block, 3)).containsExactly('x');
    assertThat(block.frames().original(3)).contains(new Original(1L << 40, "0".repeat(64)));
  }

  @Test
  void sequences_count_frames_from_zero_in_the_order_of_appends() {
    assertThat(Answer.append(log, Numbered.batch(0, 3))).isZero();
    assertThat(Answer.append(log, Numbered.batch(3, 1))).isEqualTo(3);
    assertThat(Answer.append(log, Numbered.batch(4, 1000))).isEqualTo(4);

    assertThat(log.received()).isEqualTo(1004);
    assertThat(log.durable()).isEqualTo(1004);
    assertThat(log.pendingBytes()).isZero();
    assertThat(Numbered.read(log, 0)).isEqualTo(numbers(0, 1004));
  }

  @Test
  void one_frame_of_a_megabyte_and_a_batch_of_empty_frames_are_kept() {
    var builder = new FrameBatch.Builder();
    byte[] large = "the same over again ".repeat(52_429).getBytes(StandardCharsets.UTF_8);
    builder.add(large, 0, large.length, (byte) 0);
    long first = Answer.append(log, builder.build(Numbered.ORIGIN, 0));
    for (int i = 0; i < 100; i++) {
      builder.add(large, 0, 0, (byte) 0);
    }
    long empty = Answer.append(log, builder.build(Numbered.ORIGIN, 0));

    assertThat(bytes(log.holding(first).orElseThrow(), 0)).isEqualTo(large);
    assertThat(log.holding(empty + 99).orElseThrow().frames().size()).isZero();
  }

  @Test
  void a_reader_sees_what_becomes_durable_after_it_began_to_wait() throws Exception {
    try (var reader = log.read(0);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(reader.next(Duration.ZERO)).isNull();
      var waiting = threads.submit(() -> reader.next(Duration.ofSeconds(30)));

      Answer.append(log, Numbered.batch(0, 2));

      var block = waiting.get();
      assertThat(block).isNotNull();
      assertThat(Numbered.number(block, 1)).isEqualTo(1);
      assertThat(reader.next(Duration.ofMillis(1))).isNull();
    }
  }

  @Test
  void a_reader_begins_with_the_block_that_holds_the_sequence_asked_for() {
    for (int i = 0; i < 10; i++) {
      Answer.append(log, Numbered.batch(i * 10L, 10));
    }

    assertThat(Numbered.blocks(log, 37).getFirst().firstSequence()).isEqualTo(30);
    assertThat(Numbered.read(log, 37)).isEqualTo(numbers(30, 100));
    assertThat(Numbered.read(log, 40)).isEqualTo(numbers(40, 100));
    assertThat(Numbered.read(log, 100)).isEmpty();
  }

  @Test
  void a_block_is_found_by_its_position_and_by_any_of_its_sequences() {
    Answer.append(log, Numbered.batch(0, 5));
    Answer.append(log, Numbered.batch(5, 5));

    var second = Numbered.blocks(log, 5).getFirst();
    for (long sequence = 5; sequence < 10; sequence++) {
      assertThat(log.holding(sequence).orElseThrow().position()).isEqualTo(second.position());
      for (long hint : List.of(second.position(), 0L, 1L << 50, -1L)) {
        assertThat(log.holding(sequence, hint).orElseThrow().firstSequence()).isEqualTo(5);
      }
    }
    assertThat(log.holding(10)).isEmpty();
    assertThat(log.holding(-1)).isEmpty();
    assertThat(log.holding(10, second.position())).isEmpty();
  }

  @Test
  void readers_beside_many_appenders_see_every_sequence_exactly_once_and_in_order()
      throws Exception {
    int appenders = 4;
    int each = 250;
    int total = appenders * each * 7;
    try (var threads = Executors.newFixedThreadPool(appenders + 3)) {
      var readers = new ArrayList<Future<List<Long>>>();
      for (int i = 0; i < 3; i++) {
        readers.add(threads.submit(() -> readUntil(total)));
      }
      var appends = new ArrayList<Callable<Void>>();
      for (int i = 0; i < appenders; i++) {
        long from = (long) i * each * 7;
        appends.add(() -> appendAll(from, each));
      }
      for (var done : threads.invokeAll(appends)) {
        done.get();
      }
      var first = readers.getFirst().get();
      assertThat(first.stream().sorted().toList()).isEqualTo(numbers(0, total));
      for (var reader : readers) {
        assertThat(reader.get()).isEqualTo(first);
      }
    }
  }

  private @Nullable Void appendAll(long from, int batches) {
    var answers = new ArrayList<Answer>();
    for (int i = 0; i < batches; i++) {
      answers.add(Answer.to(log, Numbered.batch(from + i * 7L, 7)));
    }
    for (int i = 0; i < batches; i++) {
      long first = answers.get(i).sequence();
      assertThat(Numbered.number(log.holding(first).orElseThrow(), 0)).isEqualTo(from + i * 7L);
    }
    return null;
  }

  private List<Long> readUntil(int total) {
    var numbers = new ArrayList<Long>();
    try (var reader = log.read(0)) {
      for (int waits = 0; numbers.size() < total && waits < 300; waits++) {
        var block = reader.next(Duration.ofMillis(100));
        while (block != null) {
          assertThat(block.firstSequence()).isEqualTo(numbers.size());
          for (int i = 0; i < block.frames().count(); i++) {
            numbers.add(Numbered.number(block, i));
          }
          block = reader.next(Duration.ZERO);
        }
      }
    }
    return numbers;
  }

  static List<Long> numbers(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  static byte[] bytes(EventLog.Block block, int i) {
    var buffer = block.frames().frame(i, block.firstSequence()).bytes();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
