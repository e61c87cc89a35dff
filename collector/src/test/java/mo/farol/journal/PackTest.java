package mo.farol.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import mo.farol.event.FrameBatch;
import org.junit.jupiter.api.Test;

/** Closed segments packed in groups: smaller, and every block as it was. */
class PackTest {
  private final FakeDisk disk = new FakeDisk(new Random(3));
  private Journal journal = open(40_000);

  @Test
  void single_frames_take_a_fraction_and_come_back_with_origin_time_marks_and_salt() {
    fill(1_000, 1);
    var before = blocks();
    long bytes = bytes();
    packAll();

    assertThat(bytes()).isLessThan(bytes * 6 / 10);
    assertThat(blocks()).usingElementComparator(PackTest::compare).isEqualTo(before);
    for (long at = 0; at < 1_000; at++) {
      assertThat(journal.holding(at).orElseThrow().firstSequence()).isEqualTo(at);
    }
    journal.close();
    journal = open(40_000);
    assertThat(blocks()).usingElementComparator(PackTest::compare).isEqualTo(before);
    assertThat(journal.closed()).allMatch(journal::isPacked);
    journal.close();
  }

  @Test
  void a_position_from_before_and_none_lead_to_the_block() {
    fill(400, 1);
    var before = blocks();
    packAll();
    for (var block : before) {
      long sequence = block.firstSequence();
      assertThat(isSame(journal.holding(sequence, block.position()).orElseThrow(), block)).isTrue();
      assertThat(isSame(journal.holding(sequence).orElseThrow(), block)).isTrue();
    }
    journal.close();
  }

  @Test
  void a_reader_under_way_goes_on_and_a_new_one_begins_anywhere() {
    fill(600, 2);
    try (var reader = journal.read(0)) {
      var seen = new ArrayList<Long>();
      for (int i = 0; i < 7; i++) {
        seen.addAll(sequences(Objects.requireNonNull(reader.next(Duration.ZERO))));
      }
      packAll();
      for (var b = reader.next(Duration.ZERO); b != null; b = reader.next(Duration.ZERO)) {
        seen.addAll(sequences(b));
      }
      assertThat(seen).isEqualTo(LongStream.range(0, 1_200).boxed().toList());
    }
    for (long from : List.of(1L, 77L, 500L, 1_199L)) {
      assertThat(Numbered.read(journal, from))
          .isEqualTo(LongStream.range(from - from % 2, 1_200).boxed().toList());
    }
    journal.close();
  }

  @Test
  void blocks_and_parts_of_blocks_leave_a_group_and_the_others_stay() {
    fill(300, 2);
    packAll();
    var segment = journal.closed().getFirst();
    journal.rewrite(segment, b -> b.firstSequence() % 3 == 0 ? List.of() : List.of(b));
    journal.rewrite(segment, b -> List.of(second(b)));

    for (long at = 0; at < segment.endSequence(); at++) {
      boolean isLeft = at % 2 == 1 && (at - 1) % 3 != 0;
      assertThat(journal.holding(at).isPresent()).as("event %d", at).isEqualTo(isLeft);
    }
    assertThat(Numbered.read(journal, 0).getLast()).isEqualTo(599);
    journal.close();
  }

  @Test
  void a_block_larger_than_a_group_is_one_by_itself() {
    Answer.append(journal, Numbered.batch(0, 3));
    byte[] large = new byte[Group.FULL * 2];
    new Random(5).nextBytes(large);
    var builder = new FrameBatch.Builder();
    builder.add(large, 0, large.length, (byte) 0);
    Answer.append(journal, builder.build(Numbered.batch(0, 1).origin(), 7));
    Answer.append(journal, Numbered.batch(4, 3));
    packAll();

    var frames = journal.holding(3).orElseThrow().frames();
    assertThat(frames.frame(0, 3).bytes()).isEqualTo(ByteBuffer.wrap(large));
    assertThat(Numbered.read(journal, 4)).isEqualTo(List.of(4L, 5L, 6L));
    journal.close();
  }

  @Test
  void who_is_told_to_end_leaves_the_segment_as_it_was() {
    fill(500, 1);
    String name = disk.names().getFirst();
    byte[] before = disk.get(name);
    assertThatThrownBy(
            () ->
                journal.rewrite(journal.closed().getFirst(), Remains.WHOLE.whileTrue(() -> false)))
        .isInstanceOf(JournalFault.class);
    assertThat(disk.get(name)).isEqualTo(before);
    assertThat(disk.names()).allMatch(Segment::isName);
    journal.close();
  }

  private static EventLog.Block second(EventLog.Block block) {
    return block.frames().count() == 1
        ? block
        : new EventLog.Block(
            block.firstSequence() + 1,
            block.position(),
            block.frames().slice(1, 1),
            new Salt.OfFrames(new byte[Salt.OfFrames.LENGTH]));
  }

  private static List<Long> sequences(EventLog.Block block) {
    return LongStream.range(block.firstSequence(), block.nextSequence()).boxed().toList();
  }

  private void fill(int blocks, int frames) {
    for (int i = 0; i < blocks; i++) {
      Answer.append(journal, Numbered.batch((long) i * frames, frames));
    }
  }

  private void packAll() {
    for (var segment : journal.closed()) {
      journal.rewrite(segment, Remains.WHOLE);
    }
  }

  private List<EventLog.Block> blocks() {
    var blocks = new ArrayList<EventLog.Block>();
    try (var reader = journal.read(0)) {
      for (var b = reader.next(Duration.ZERO); b != null; b = reader.next(Duration.ZERO)) {
        blocks.add(b);
      }
    }
    return blocks;
  }

  private long bytes() {
    return disk.names().stream().mapToLong(name -> disk.get(name).length).sum();
  }

  private static int compare(EventLog.Block a, EventLog.Block b) {
    return isSame(a, b) ? 0 : 1;
  }

  private static boolean isSame(EventLog.Block a, EventLog.Block b) {
    var one = new Contents();
    one.add(a);
    var other = new Contents();
    other.add(b);
    return one.isAs(other) && a.frames().origin().equals(b.frames().origin());
  }

  private Journal open(long segmentBytes) {
    return Journal.open(
            new JournalConfig(Path.of("fake"), segmentBytes, 64 << 20),
            disk,
            1,
            new SimpleMeterRegistry())
        .start();
  }
}
