package mo.farol.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest extends EventLogContract {
  private static final long SMALL_SEGMENT = 20_000;

  @TempDir Path folder;

  @Override
  Journal open() {
    return open(SMALL_SEGMENT, 64 << 20);
  }

  private Journal open(long segmentBytes, long pendingBytes) {
    return Journal.open(
            new JournalConfig(folder, segmentBytes, pendingBytes), new SimpleMeterRegistry())
        .start();
  }

  @Test
  void what_was_acknowledged_is_there_after_a_restart_and_counting_goes_on() throws Exception {
    for (int i = 0; i < 300; i++) {
      Answer.append(log, Numbered.batch(i * 10L, 10));
    }
    long position = log.holding(1234).orElseThrow().position();
    log.close();
    log = open();

    assertThat(log.durable()).isEqualTo(3000);
    assertThat(log.received()).isEqualTo(3000);
    assertThat(Numbered.read(log, 0)).isEqualTo(numbers(0, 3000));
    assertThat(log.holding(1234, position).orElseThrow().firstSequence()).isEqualTo(1230);
    assertThat(Answer.append(log, Numbered.batch(3000, 1))).isEqualTo(3000);
    try (var files = Files.list(folder)) {
      assertThat(files.filter(f -> f.toString().endsWith(".seg"))).hasSizeGreaterThan(2);
    }
  }

  @Test
  void every_sequence_of_every_segment_is_found() {
    for (int i = 0; i < 200; i++) {
      Answer.append(log, Numbered.batch(i * 7L, 7));
    }

    for (long sequence = 0; sequence < 1400; sequence++) {
      var block = log.holding(sequence).orElseThrow();
      assertThat(Numbered.number(block, (int) (sequence - block.firstSequence())))
          .isEqualTo(sequence);
    }
  }

  @Test
  void who_reads_at_the_end_gets_the_very_batch_that_was_appended() {
    Answer.append(log, Numbered.batch(0, 10));
    var batch = Numbered.batch(10, 10);
    Answer.append(log, batch);

    try (var reader = log.read(10)) {
      var block = Objects.requireNonNull(reader.next(Duration.ofSeconds(1)));
      assertThat(block.frames()).isSameAs(batch);
      assertThat(log.holding(10, block.position()).orElseThrow().frames().frame(0, 10).bytes())
          .isEqualTo(batch.frame(0, 10).bytes());
    }
  }

  @Test
  void a_reader_that_lags_reads_files_and_then_memory_without_a_gap() {
    int size = 100_000;
    try (var reader = log.read(0)) {
      for (int i = 0; i < 600; i++) {
        Answer.append(log, FrameBatch.ofTexts(Numbered.ORIGIN, Instant.EPOCH, sized(i, size)));
        if (i % 200 < 50) {
          assertThat(text(reader)).isEqualTo(sized((int) reader.reached() - 1, size));
        }
      }
      while (reader.reached() < 600) {
        long expected = reader.reached();
        assertThat(text(reader)).isEqualTo(sized((int) expected, size));
        assertThat(reader.reached()).isEqualTo(expected + 1);
      }
    }
  }

  private static String text(EventLog.Reader reader) {
    var frames = Objects.requireNonNull(reader.next(Duration.ofSeconds(1))).frames();
    return new String(frames.bytes(), frames.start(0), frames.end(0) - frames.start(0), UTF_8);
  }

  private static String sized(int number, int size) {
    return (number + " ").repeat(size / 2).substring(0, size);
  }

  @Test
  void a_second_journal_in_the_same_folder_is_refused_with_one_clear_line() {
    assertThatExceptionOfType(JournalFault.class)
        .isThrownBy(this::open)
        .withMessageContaining("another process holds the journal")
        .withMessageContaining(folder.toString())
        .withMessageNotContaining("\n");
  }

  @Test
  void an_append_above_the_bound_is_refused_at_once() throws Exception {
    log.close();
    log = open(SMALL_SEGMENT, 10_000);
    var gate = new CountDownLatch(1);
    log.append(Numbered.batch(0, 1), new Holding(gate));
    var answers = new ArrayList<Answer>();
    while (log.pendingBytes() <= 10_000) {
      answers.add(Answer.to(log, Numbered.batch(answers.size() + 1L, 10)));
    }

    var refused = Answer.to(log, Numbered.batch(1_000_000, 1));

    assertThat(refused.refusal()).isInstanceOf(JournalFault.class).hasMessageContaining("busy");
    gate.countDown();
    answers.forEach(Answer::sequence);
    assertThat(Answer.append(log, Numbered.batch(7, 1))).isEqualTo(1 + 10L * answers.size());
  }

  @Test
  void empty_frames_count_as_pending_too() throws Exception {
    var gate = new CountDownLatch(1);
    log.append(Numbered.batch(0, 1), new Holding(gate));
    var builder = new FrameBatch.Builder();
    builder.add(new byte[0], 0, 0, (byte) 0);

    var answer = Answer.to(log, builder.build(Numbered.ORIGIN, 0));

    assertThat(log.pendingBytes()).isPositive();
    gate.countDown();
    answer.sequence();
  }

  @Test
  void a_batch_without_a_frame_is_a_mistake_and_one_with_a_monstrous_origin_is_refused() {
    var none = new FrameBatch.Builder().build(Numbered.ORIGIN, 0);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> log.append(none, new Answer()));

    var origin = Origin.live("a".repeat(70_000), "syslog.tcp", "");
    var monstrous = FrameBatch.ofTexts(origin, Instant.EPOCH, "text");
    assertThat(Answer.to(log, monstrous).refusal()).isInstanceOf(JournalFault.class);
    assertThat(log.received()).isZero();
  }

  @Test
  void an_input_that_throws_at_its_acknowledgement_does_not_stop_the_journal() {
    log.append(
        Numbered.batch(0, 1),
        new EventLog.Acknowledgement() {
          @Override
          public void durable(long firstSequence) {
            throw new IllegalStateException("an input with a bug");
          }

          @Override
          public void failed(JournalFault fault) {}
        });

    assertThat(Answer.append(log, Numbered.batch(1, 1))).isEqualTo(1);
  }

  @Test
  void after_the_close_an_append_is_refused_and_what_was_queued_before_is_kept() {
    var answers = new ArrayList<Answer>();
    for (int i = 0; i < 100; i++) {
      answers.add(Answer.to(log, Numbered.batch(i, 1)));
    }
    log.close();

    assertThat(Answer.to(log, Numbered.batch(0, 1)).refusal()).hasMessageContaining("closed");
    assertThat(answers).allMatch(Answer::isKept);
    log = open();
    assertThat(Numbered.read(log, 0)).isEqualTo(numbers(0, 100));
  }

  @Test
  void a_journal_that_was_never_started_refuses_what_was_queued_when_it_closes() {
    log.close();
    var idle =
        Journal.open(new JournalConfig(folder, SMALL_SEGMENT, 1 << 20), new SimpleMeterRegistry());
    var answer = Answer.to(idle, Numbered.batch(0, 1));
    idle.close();

    assertThat(answer.refusal()).isInstanceOf(JournalFault.class);
    log = open();
    assertThat(log.durable()).isZero();
  }

  @Test
  void what_came_together_lies_in_several_blocks_each_with_a_salt_of_its_own() {
    var batch = Numbered.batch(0, 6_000);
    Answer.append(log, batch);
    long position = log.holding(0).orElseThrow().position();
    log.close();
    log = open();

    var blocks = Numbered.blocks(log, 0);
    assertThat(blocks).hasSizeGreaterThan(3);
    assertThat(blocks).extracting(EventLog.Block::salt).doesNotHaveDuplicates();
    assertThat(blocks).allMatch(block -> block.frames().bytes().length < 2 * BlockCodec.PIECE);
    for (long sequence = 0; sequence < 6_000; sequence += 11) {
      for (long hint : List.of(position, -1L)) {
        var block = log.holding(sequence, hint).orElseThrow();
        assertThat(Numbered.number(block, (int) (sequence - block.firstSequence())))
            .isEqualTo(sequence);
      }
    }
  }

  @Test
  void long_and_short_frames_that_zstd_gains_nothing_on_are_kept() {
    var dice = new Random(5);
    for (int round = 0; round < 3; round++) {
      var builder = new FrameBatch.Builder();
      for (int i = 0; i < 150; i++) {
        byte[] frame = new byte[i % 2 == 0 ? 1 : BlockCodec.PIECE];
        dice.nextBytes(frame);
        builder.add(frame, 0, frame.length, (byte) 0);
      }
      var batch = builder.build(Numbered.ORIGIN, 7);
      long first = Answer.append(log, batch);
      for (int i = 0; i < 150; i++) {
        var block = log.holding(first + i).orElseThrow();
        assertThat(block.frames().frame((int) (first + i - block.firstSequence()), 0).bytes())
            .isEqualTo(batch.frame(i, 0).bytes());
      }
    }
  }

  @Test
  void a_thread_interrupted_while_it_reads_harms_nobody_else() throws Exception {
    for (int i = 0; i < 100; i++) {
      Answer.append(log, Numbered.batch(i, 1));
    }
    var position = log.holding(50).orElseThrow().position();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads
          .submit(
              () -> {
                Thread.currentThread().interrupt();
                log.holding(50, position);
                return log.holding(70);
              })
          .get();
    }

    assertThat(Answer.append(log, Numbered.batch(100, 1))).isEqualTo(100);
    assertThat(Numbered.read(log, 0)).isEqualTo(numbers(0, 101));
  }

  @Test
  void random_bytes_that_do_not_pack_come_back_whole() {
    var random = new Random(11);
    var builder = new FrameBatch.Builder();
    byte[] noise = new byte[5000];
    random.nextBytes(noise);
    for (int i = 0; i < 50; i++) {
      builder.add(noise, i * 100, i * 100 + 100, (byte) 0);
    }
    long first = Answer.append(log, builder.build(Numbered.ORIGIN, 0));

    var block = log.holding(first).orElseThrow();
    for (int i = 0; i < 50; i++) {
      assertThat(bytes(block, i))
          .containsExactly(Arrays.copyOfRange(noise, i * 100, i * 100 + 100));
    }
  }

  @Test
  void sequences_that_a_view_has_seen_are_not_given_again() {
    log.close();
    var journal =
        Journal.open(new JournalConfig(folder, SMALL_SEGMENT, 1 << 20), new SimpleMeterRegistry());
    journal.advanceTo(500);
    log = journal.start();

    assertThat(Answer.append(log, Numbered.batch(500, 1))).isEqualTo(500);
    assertThat(log.received()).isEqualTo(501);
    assertThat(Numbered.read(log, 0)).containsExactly(500L);
    try (var reader = log.read(0)) {
      assertThat(reader.next(Duration.ZERO)).isNotNull();
      assertThat(reader.reached()).isEqualTo(501);
    }
  }

  /** Holds the journal's thread at an acknowledgement. */
  private record Holding(CountDownLatch gate) implements EventLog.Acknowledgement {
    @Override
    public void durable(long firstSequence) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void failed(JournalFault fault) {}
  }
}
