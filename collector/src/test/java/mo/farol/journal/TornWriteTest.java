package mo.farol.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * A power cut in a write may leave sectors of it that come after sectors that are missing. Nobody
 * was told that any of it is safe.
 */
class TornWriteTest extends OnFakeDisk {
  private static final int SECTOR = 512;
  private static final int BLOCKS = 8;
  private static final int FRAMES = 3;

  /** Where a write of several blocks lies, and the sequence after it. */
  private record Write(int start, int end, long next) {}

  @Test
  void sectors_missing_from_the_last_write_are_no_damage_and_cut_it_off_like_a_torn_end() {
    var last = together(0);
    byte[] whole = stop();
    assertThat(last.end()).isGreaterThan(last.start() + 4 * SECTOR);

    for (int sector = down(last.start()); sector < whole.length; sector += SECTOR) {
      byte[] torn = whole.clone();
      lose(torn, Math.max(last.start(), sector), sector + SECTOR);
      reopen(torn);
      assertThat(journal.quarantined()).as("sector at %d", sector).isEmpty();
      var read = Numbered.read(journal, 0);
      assertThat(read).isEqualTo(EventLogContract.numbers(0, read.size()));
      assertThat(journal.durable()).isEqualTo(read.size()).isLessThan(last.next());
      assertThat(metrics.get("farol_journal_trimmed_bytes_total").counter().count()).isPositive();
      assertThat(Answer.append(journal, Numbered.batch(read.size(), 1))).isEqualTo(read.size());
      stop();
      journal = open(disk);
      assertThat(Numbered.read(journal, 0)).isEqualTo(EventLogContract.numbers(0, read.size() + 1));
      assertThat(journal.damaged()).isEmpty();
    }
  }

  @Test
  void several_missing_sectors_and_a_missing_end_are_no_damage_either() {
    var last = together(0);
    byte[] whole = stop();
    byte[] torn = Arrays.copyOf(whole, whole.length - 300);
    int first = up(last.start()) + SECTOR;
    lose(torn, first, first + SECTOR);
    lose(torn, first + 2 * SECTOR, first + 3 * SECTOR);
    reopen(torn);

    assertThat(journal.quarantined()).isEmpty();
    var read = Numbered.read(journal, 0);
    assertThat(read).isEqualTo(EventLogContract.numbers(0, read.size())).hasSizeGreaterThan(2);
  }

  @Test
  void a_sector_missing_from_a_write_that_another_followed_was_answered_and_is_damage() {
    var answered = together(0);
    write(answered.next(), 1);
    byte[] whole = stop();

    for (int sector = up(answered.start()); sector + SECTOR <= answered.end(); sector += SECTOR) {
      byte[] torn = whole.clone();
      lose(torn, sector, sector + SECTOR);
      reopen(torn);
      assertThat(journal.quarantined()).as("sector at %d", sector).hasSize(1);
      assertThat(Numbered.read(journal, 0)).contains(0L, answered.next());
      assertThat(journal.durable()).isEqualTo(answered.next() + 1);
    }
  }

  @Test
  void of_a_write_that_followed_any_block_is_enough_to_tell() {
    var answered = together(0);
    var followed = together(answered.next());
    byte[] whole = stop();
    lose(whole, up(answered.start()), up(answered.start()) + SECTOR);
    lose(whole, followed.start(), up(followed.start()) + SECTOR);
    reopen(whole);

    assertThat(journal.quarantined()).hasSize(1);
    assertThat(journal.quarantined().getFirst().firstSequence()).isLessThan(answered.next());
  }

  @Test
  void a_gap_over_the_end_of_a_write_and_the_beginning_of_the_next_is_damage() {
    together(0);
    var followed = together(1 + BLOCKS * FRAMES);
    byte[] whole = stop();
    lose(whole, down(followed.start()), up(followed.start()));
    reopen(whole);

    assertThat(journal.quarantined()).hasSize(1);
    assertThat(journal.quarantined().getFirst().endSequence())
        .isGreaterThan(followed.next() - BLOCKS * FRAMES);
  }

  @Test
  void a_bit_that_went_bad_in_the_last_write_is_damage() {
    var last = together(0);
    byte[] whole = stop();
    for (int at = last.start(); at < whole.length; at += 37) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << (at % 8));
      reopen(damaged);
      assertThat(journal.quarantined()).as("byte %d", at).hasSize(1);
    }
  }

  @Test
  void a_bit_that_went_bad_in_an_answered_write_is_damage_though_the_write_behind_it_is_torn() {
    write(0, 2);
    int start = (int) length();
    write(2, 3);
    byte[] whole = stop();
    for (int at = start + Walk.HEAD; at < whole.length; at += 7) {
      byte[] torn = Arrays.copyOf(whole, whole.length + 3 * SECTOR);
      torn[at] ^= (byte) (1 << (at % 8));
      reopen(torn);
      assertThat(journal.quarantined())
          .as("byte %d", at)
          .extracting(Quarantined::firstSequence, Quarantined::endSequence)
          .containsExactly(tuple(2L, 5L));
      assertThat(Answer.append(journal, Numbered.batch(5, 1))).isEqualTo(5);
      assertThat(Numbered.read(journal, 0)).containsExactly(0L, 1L, 5L);
    }
  }

  @Test
  void a_long_last_block_of_which_a_sector_is_missing_is_cut_off_and_its_sequences_given_again() {
    write(0, 2);
    int start = (int) length();
    write(2, 400);
    byte[] whole = stop();
    assertThat(whole.length).isGreaterThan(up(start) + 2 * SECTOR);
    lose(whole, up(start), up(start) + SECTOR);
    reopen(whole);

    assertThat(journal.quarantined()).isEmpty();
    assertThat(length()).isEqualTo(start);
    assertThat(Answer.append(journal, Numbered.batch(2, 1))).isEqualTo(2);
  }

  @Test
  void a_beginning_that_the_disk_does_not_give_is_not_taken_for_sectors_it_never_took() {
    journal.close();
    journal = unstarted(disk, 0);
    var answers = queue(0, 4 * BLOCKS);
    journal.start();
    assertThat(answers).allMatch(Answer::isKept);
    stop();
    String name = disk.names().getFirst();
    disk.spoil(name, 4 << 10);
    journal = open(disk);

    assertThat(journal.quarantined())
        .extracting(Quarantined::segment, Quarantined::firstSequence)
        .containsExactly(tuple(name, 0L));
  }

  // One frame, and once it is there, several blocks that wait behind it and are one write.
  private Write together(long from) {
    var written = new CountDownLatch(1);
    var goesOn = new CountDownLatch(1);
    journal.append(
        Numbered.batch(from, 1),
        new EventLog.Acknowledgement() {
          @Override
          public void durable(long firstSequence) {
            written.countDown();
            await(goesOn);
          }

          @Override
          public void failed(JournalFault fault) {
            throw fault;
          }
        });
    await(written);
    int start = (int) length();
    var answers = queue(from + 1, BLOCKS);
    goesOn.countDown();
    assertThat(answers).allMatch(Answer::isKept);
    return new Write(start, (int) length(), from + 1 + BLOCKS * FRAMES);
  }

  private List<Answer> queue(long from, int blocks) {
    var answers = new ArrayList<Answer>();
    for (int i = 0; i < blocks; i++) {
      answers.add(Answer.to(journal, Numbered.batch(from + (long) i * FRAMES, FRAMES)));
    }
    return answers;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int down(int offset) {
    return offset / SECTOR * SECTOR;
  }

  private static int up(int offset) {
    return down(offset + SECTOR - 1);
  }

  private static void lose(byte[] bytes, int from, int to) {
    Arrays.fill(bytes, from, Math.min(to, bytes.length), (byte) 0);
  }
}
