package mo.farol.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import mo.farol.event.FrameBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A segment that lost its beginning, header and first block alike, keeps all that lies behind. */
class LostBeginningTest {
  private static final int PAGE = 4 << 10;

  private final FakeDisk disk = new FakeDisk(new Random(5));
  private Journal journal = open();

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void where_header_and_first_block_are_damaged_the_other_blocks_tell_the_tag() {
    write(0, 2, 3, 4);
    String name = stop();
    byte[] hurt = disk.get(name);
    Arrays.fill(hurt, 0, SegmentHeader.LENGTH + 8, (byte) 7);
    disk.put(name, hurt);
    journal = open();

    assertThat(Numbered.read(journal, 0)).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L);
    assertThat(journal.quarantined())
        .extracting(Quarantined::firstSequence, Quarantined::endSequence)
        .containsExactly(org.assertj.core.api.Assertions.tuple(0L, 2L));
    write(9, 1);
    assertThat(Numbered.read(journal, 0)).endsWith(8L, 9L);
  }

  @Test
  void a_first_page_that_the_disk_does_not_give_costs_the_blocks_in_it_in_any_segment() {
    long end = fill();
    stop();
    var names = List.copyOf(disk.names());
    assertThat(names).hasSizeGreaterThan(3);
    for (String name : List.of(names.get(1), names.getLast())) {
      disk.spoil(name, PAGE);
      journal = open();
      long first = Segment.firstSequenceIn(name);
      var read = Numbered.read(journal, first);
      assertThat(read.getFirst()).isGreaterThan(first);
      assertThat(Numbered.read(journal, 0)).contains(0L, first - 1, end - 1);
      assertThat(journal.durable()).isEqualTo(end);
      assertThat(journal.holding(first)).isEmpty();
      assertThat(journal.holding(read.getFirst())).isPresent();
      stop();
    }
  }

  @Test
  void a_segment_with_such_a_page_can_be_packed_and_is_checked_as_it_lies() {
    long end = fill();
    stop();
    disk.spoil(disk.names().getFirst(), PAGE);
    try (var stored = StoredJournal.open(disk)) {
      assertThat(stored.durable()).isEqualTo(end);
      assertThat(stored.damaged()).isPositive();
      assertThat(stored.holding(end - 1)).isPresent();
    }
    journal = open();
    var before = Numbered.read(journal, 0);
    assertThat(before).hasSizeLessThan((int) end);
    journal.rewrite(journal.closed().getFirst(), List::of);
    assertThat(Numbered.read(journal, 0)).isEqualTo(before);
  }

  @Test
  void where_nothing_behind_the_page_tells_anything_the_file_is_left_alone_and_named() {
    write(0, 2);
    String name = stop();
    byte[] before = disk.get(name);
    disk.spoil(name, PAGE);
    assertThatThrownBy(this::open).isInstanceOf(JournalFault.class).hasMessageContaining(name);
    assertThat(disk.get(name)).isEqualTo(before);
    disk.spoil(name, 0);
    journal = open();
    assertThat(Numbered.read(journal, 0)).containsExactly(0L, 1L);
  }

  @Test
  void a_block_that_a_sender_put_into_a_frame_of_the_lost_one_is_not_believed() {
    var builder = new FrameBatch.Builder();
    byte[] forged = forged();
    builder.add(forged, 0, forged.length, (byte) 0);
    Answer.append(journal, builder.build(Numbered.ORIGIN, 0));
    write(1, 10, 10);
    String name = stop();
    byte[] hurt = disk.get(name);
    Arrays.fill(hurt, 0, SegmentHeader.LENGTH + 8, (byte) 7);
    disk.put(name, hurt);
    journal = open();

    assertThat(Numbered.read(journal, 0)).hasSize(20).startsWith(1L).endsWith(20L);
  }

  // Some segments, the last of which is longer than a page.
  private long fill() {
    long next = 0;
    while (disk.names().size() < 5 || disk.get(disk.names().getLast()).length < PAGE + PAGE / 2) {
      write(next, 10);
      next += 10;
    }
    return next;
  }

  private static byte[] forged() {
    try (var codec = new BlockCodec()) {
      var batch = Numbered.batch(5, 1);
      var out = ByteBuffer.allocate((int) BlockCodec.roomFor(batch) + 64);
      codec.encode(batch, 5, 0, 0x1234567890L, out);
      return Arrays.copyOf(out.array(), out.position());
    }
  }

  private void write(long from, int... counts) {
    long number = from;
    for (int count : counts) {
      Answer.append(journal, Numbered.batch(number, count));
      number += count;
    }
  }

  private String stop() {
    journal.close();
    return disk.names().getLast();
  }

  private Journal open() {
    var config = new JournalConfig(Path.of("fake"), 8_000, 64 << 20, 0);
    return Journal.open(config, disk, 1, new SimpleMeterRegistry()).start();
  }
}
