package mo.farol.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.List;
import mo.farol.event.FrameBatch;
import org.junit.jupiter.api.Test;

/** What a start makes of the bytes a stop left. */
class RecoveryTest extends OnFakeDisk {
  @Test
  void a_tail_torn_at_any_byte_is_cut_off_and_what_came_before_stays() {
    write(0, 1, 2, 3);
    long start = length();
    write(6, 4);
    byte[] whole = stop();

    for (int length = (int) start; length < whole.length; length++) {
      reopen(Arrays.copyOf(whole, length));
      assertThat(Numbered.read(journal, 0)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
      assertThat(journal.quarantined()).isEmpty();
      assertThat(Answer.append(journal, Numbered.batch(77, 1))).isEqualTo(6);
      assertThat(Numbered.read(journal, 0)).endsWith(5L, 77L);
    }
  }

  @Test
  void a_tail_of_zeros_is_cut_off_silently_and_counted() {
    write(0, 3);
    byte[] whole = stop();
    reopen(Arrays.copyOf(whole, whole.length + 5_000));

    assertThat(Numbered.read(journal, 0)).containsExactly(0L, 1L, 2L);
    assertThat(journal.quarantined()).isEmpty();
    assertThat(metrics.get("farol_journal_trimmed_bytes_total").counter().count()).isEqualTo(5_000);
    assertThat(length()).isEqualTo(whole.length);
  }

  @Test
  void any_flipped_bit_in_the_middle_costs_one_block_which_is_set_aside_and_told() {
    write(0, 2);
    int start = (int) length();
    write(2, 3);
    int end = (int) length();
    write(5, 2);
    byte[] whole = stop();

    for (int at = start; at < end; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << (at % 8));
      reopen(damaged);
      assertThat(Numbered.read(journal, 0)).containsExactly(0L, 1L, 5L, 6L);
      assertThat(journal.holding(5).orElseThrow().firstSequence()).isEqualTo(5);
      assertThat(journal.holding(3)).isEmpty();
      assertThat(journal.durable()).isEqualTo(7);
      assertThat(journal.quarantined())
          .containsExactly(
              new Quarantined(disk.names().getFirst(), start, (long) end - start, 2, 5));
      assertThat(apart()).isEqualTo(Arrays.copyOfRange(damaged, start, end));
    }
  }

  @Test
  void damage_is_still_told_at_the_next_start() {
    write(0, 2);
    int start = (int) length();
    write(2, 3);
    write(5, 2);
    byte[] whole = stop();
    whole[start + 30] ^= 4;
    reopen(whole);
    stop();
    journal = open(disk);

    assertThat(journal.quarantined()).hasSize(1);
  }

  @Test
  void damage_that_an_earlier_version_kept_under_a_shorter_name_is_told_once() throws Exception {
    write(0, 2);
    int start = (int) length();
    write(2, 3);
    write(5, 2);
    byte[] whole = stop();
    whole[start + 30] ^= 4;
    reopen(whole);
    var piece = journal.quarantined().getFirst();
    stop();
    disk.quarantine(piece.segment() + "." + piece.offset(), apart());
    journal = open(disk);

    assertThat(journal.quarantined()).containsExactly(piece);
  }

  @Test
  void a_whole_last_block_with_a_bad_checksum_is_set_aside_and_its_sequences_are_not_given_again() {
    write(0, 2);
    write(2, 3);
    byte[] whole = stop();
    whole[whole.length - 1] ^= 1;
    reopen(whole);

    assertThat(Numbered.read(journal, 0)).containsExactly(0L, 1L);
    assertThat(journal.quarantined())
        .extracting(Quarantined::firstSequence, Quarantined::endSequence)
        .containsExactly(tuple(2L, 5L));
    assertThat(Answer.append(journal, Numbered.batch(9, 1))).isEqualTo(5);
    assertThat(Numbered.read(journal, 0)).containsExactly(0L, 1L, 9L);
  }

  @Test
  void a_missing_segment_leaves_a_gap_and_readers_step_over_it() {
    for (int i = 0; i < 150; i++) {
      write(i * 10L, 10);
    }
    stop();
    var names = List.copyOf(disk.names());
    assertThat(names).hasSizeGreaterThan(3);
    long gapFrom = Segment.firstSequenceIn(names.get(1));
    long gapTo = Segment.firstSequenceIn(names.get(2));
    disk.remove(names.get(1));
    journal = open(disk);

    assertThat(Numbered.read(journal, 0))
        .isEqualTo(
            EventLogContract.numbers(0, 1500).stream()
                .filter(n -> n < gapFrom || n >= gapTo)
                .toList());
    assertThat(journal.holding(gapFrom)).isEmpty();
    assertThat(Numbered.read(journal, gapFrom + 1)).startsWith(gapTo);
    assertThat(journal.durable()).isEqualTo(1500);
  }

  @Test
  void a_damaged_header_is_made_up_for_by_the_first_block() {
    write(0, 2);
    write(2, 2);
    byte[] whole = stop();
    Arrays.fill(whole, 0, SegmentHeader.LENGTH, (byte) 7);
    reopen(whole);

    assertThat(Numbered.read(journal, 0)).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void a_file_that_says_nothing_is_set_aside_whole_and_its_number_is_not_given_again() {
    write(0, 2);
    String name = disk.names().getFirst();
    byte[] whole = stop();
    Arrays.fill(whole, 0, SegmentHeader.LENGTH + 8, (byte) 7);
    reopen(whole);

    assertThat(journal.quarantined()).containsExactly(new Quarantined(name, 0, whole.length, 0, 0));
    write(2, 1);
    assertThat(Segment.numberIn(disk.names().getFirst())).isEqualTo(2);
  }

  @Test
  void a_segment_made_just_before_the_stop_is_no_trouble() {
    write(0, 2);
    stop();
    for (int length : new int[] {0, 10, SegmentHeader.LENGTH, SegmentHeader.LENGTH + 3}) {
      disk.put(Segment.name(2, 2), new byte[length]);
      journal = open(disk);
      assertThat(Numbered.read(journal, 0)).containsExactly(0L, 1L);
      assertThat(journal.quarantined()).isEmpty();
      stop();
    }
  }

  @Test
  void damage_in_an_old_segment_is_stepped_over_by_readers_and_counted() {
    for (int i = 0; i < 60; i++) {
      write(i * 10L, 10);
    }
    var position = journal.holding(15).orElseThrow().position();
    stop();
    String first = disk.names().getFirst();
    byte[] bytes = disk.get(first);
    bytes[(int) Segment.offsetOf(position) + 50] ^= 1;
    disk.put(first, bytes);
    journal = open(disk);

    assertThat(Numbered.read(journal, 0))
        .isEqualTo(
            EventLogContract.numbers(0, 600).stream().filter(n -> n < 10 || n >= 20).toList());
    assertThat(journal.holding(10, position)).isEmpty();
    assertThat(metrics.get("farol_journal_damaged_blocks").gauge().value()).isPositive();
    assertThat(journal.damaged()).containsExactly(new Damaged(first, 10, 20));
    assertThat(Numbered.read(journal, 15)).startsWith(20L);
    assertThat(journal.damaged()).as("each once").containsExactly(new Damaged(first, 10, 20));
  }

  @Test
  void damage_that_is_met_on_the_way_to_one_event_is_told_too() {
    for (int i = 0; i < 60; i++) {
      write(i * 10L, 10);
    }
    var position = journal.holding(15).orElseThrow().position();
    stop();
    String first = disk.names().getFirst();
    byte[] bytes = disk.get(first);
    bytes[(int) Segment.offsetOf(position) + 50] ^= 1;
    disk.put(first, bytes);
    journal = open(disk);

    assertThat(journal.holding(15)).isEmpty();
    assertThat(journal.damaged()).containsExactly(new Damaged(first, 10, 20));
  }

  @Test
  void a_torn_end_of_an_old_segment_behind_which_the_next_goes_on_is_no_damage() {
    for (int i = 0; i < 60; i++) {
      write(i * 10L, 10);
    }
    stop();
    String first = disk.names().getFirst();
    byte[] bytes = disk.get(first);
    byte[] torn = Arrays.copyOf(bytes, bytes.length + 60);
    Arrays.fill(torn, bytes.length, torn.length, (byte) 7);
    disk.put(first, torn);
    journal = open(disk);

    assertThat(Numbered.read(journal, 0)).isEqualTo(EventLogContract.numbers(0, 600));
    assertThat(journal.damaged()).isEmpty();
  }

  @Test
  void where_nothing_tells_the_end_of_a_damage_the_next_segment_does() {
    write(0, 2);
    int start = (int) length();
    write(2, 3);
    String name = disk.names().getFirst();
    byte[] whole = stop();
    whole[start + 3] ^= 1; // the head of the last block says nothing
    reopen(whole);
    assertThat(journal.quarantined().getFirst().endSequence()).isEqualTo(2);
    journal.close();
    journal = unstarted(disk, 0);
    journal.advanceTo(5); // as a view that saw them bears witness
    journal.start();
    write(5, 1);

    assertThat(journal.quarantined())
        .extracting(Quarantined::segment, Quarantined::firstSequence, Quarantined::endSequence)
        .containsExactly(tuple(name, 2L, 5L));
  }

  @Test
  void a_sender_who_writes_blocks_into_frames_is_not_taken_for_the_journal() {
    write(0, 1);
    byte[] forged = Arrays.copyOfRange(disk.get(disk.names().getFirst()), 64, (int) length());
    forged[0] ^= 1; // the tag of this segment is the one thing a sender can't know
    var builder = new FrameBatch.Builder();
    builder.add(forged, 0, forged.length, (byte) 0);
    long start = length();
    Answer.append(journal, builder.build(Numbered.ORIGIN, 0));
    byte[] whole = stop();
    reopen(Arrays.copyOf(whole, whole.length - 1));

    assertThat(Numbered.read(journal, 0)).containsExactly(0L);
    assertThat(length()).isEqualTo(start);
    assertThat(journal.quarantined()).isEmpty();
  }

  @Test
  void a_last_block_whose_head_is_damaged_is_set_aside_before_it_is_cut_off() {
    write(0, 2);
    int start = (int) length();
    write(2, 3);
    byte[] whole = stop();
    whole[start + 3] ^= 1;
    reopen(whole);

    assertThat(Numbered.read(journal, 0)).containsExactly(0L, 1L);
    assertThat(apart()).isEqualTo(Arrays.copyOfRange(whole, start, whole.length));
  }
}
