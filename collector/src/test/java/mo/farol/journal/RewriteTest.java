package mo.farol.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Taking blocks out of closed segments, on a disk that may lose its power in between. */
class RewriteTest {
  private static final long SEED = Long.getLong("farol.seed", System.nanoTime());

  @Test
  void blocks_that_are_taken_out_are_gone_and_all_others_stay() {
    var journal = open(new FakeDisk(new Random(3)));
    fill(journal);
    for (var segment : journal.closed()) {
      assertThat(journal.rewrite(segment, RewriteTest::left)).isPositive();
    }
    long end = journal.closed().getLast().endSequence();

    assertThat(Numbered.read(journal, 0)).isEqualTo(left(end));
    for (long at = 0; at < 300; at++) {
      assertThat(journal.holding(at).isPresent()).isEqualTo(at >= end || isKept(at));
    }
    journal.close();
  }

  @Test
  void a_power_cut_in_between_leaves_the_old_file_or_the_new_one() {
    System.out.println("RewriteTest seed " + SEED);
    for (int i = 0; i < 400; i++) {
      var random = new Random(SEED + i);
      var disk = new FakeDisk(random);
      var journal = open(disk);
      fill(journal);
      var closed = journal.closed();
      long end = closed.getLast().endSequence();
      disk.losePowerAfter(random.nextInt(40));
      try {
        closed.forEach(segment -> journal.rewrite(segment, RewriteTest::left));
      } catch (JournalFault e) {
        assertThat(disk.isDead()).isTrue();
      }
      var after = disk.afterPowerCut();
      journal.close();

      var again = open(after);
      assertThat(Numbered.read(again, 0))
          .as("-Dfarol.seed=%d", SEED + i)
          .containsAll(left(end))
          .doesNotHaveDuplicates()
          .isSorted();
      assertThat(again.durable()).isEqualTo(300);
      assertThat(after.names()).allMatch(Segment::isName);
      for (var segment : again.closed()) {
        again.rewrite(segment, RewriteTest::left);
      }
      again.close();
    }
  }

  @Test
  void what_could_not_be_read_stays_as_it_is() {
    var disk = new FakeDisk(new Random(3));
    var journal = open(disk);
    fill(journal);
    String first = disk.names().getFirst();
    byte[] bytes = disk.get(first);
    int damaged = (int) Segment.offsetOf(journal.holding(0).orElseThrow().position()) + 40;
    bytes[damaged] ^= 1;
    disk.put(first, bytes);
    journal.rewrite(journal.closed().getFirst(), Remains.WHOLE);

    byte[] after = disk.get(first);
    assertThat(Arrays.copyOfRange(after, 64, damaged + 40))
        .isEqualTo(Arrays.copyOfRange(bytes, 64, damaged + 40));
    assertThat(Numbered.read(journal, 0)).isEqualTo(LongStream.range(10, 300).boxed().toList());
    journal.close();
  }

  @Test
  void who_examines_the_files_while_they_are_written_anew_sees_no_damage() {
    var disk = new FakeDisk(new Random(3));
    var journal = open(disk);
    fill(journal);
    var stored = StoredJournal.open(disk);
    var untouched = StoredJournal.open(disk);
    for (long at = 0; at < 300; at += 10) {
      assertThat(stored.holding(at)).isPresent();
    }
    journal.closed().forEach(s -> journal.rewrite(s, RewriteTest::left));
    long end = journal.closed().getLast().endSequence();

    for (var each : List.of(stored, untouched)) {
      var seen = new ArrayList<Long>();
      try (var examination = each.examine(0)) {
        for (var b = examination.next(); b != null; b = examination.next()) {
          LongStream.range(b.firstSequence(), b.nextSequence()).forEach(seen::add);
        }
      }
      assertThat(seen).isEqualTo(left(end));
      for (long at = 0; at < 300; at += 10) {
        if (at >= end || isKept(at)) {
          assertThat(each.holding(at)).as("event %d", at).isPresent();
        }
      }
      assertThat(each.damaged()).isZero();
    }
    journal.close();
  }

  private static boolean isKept(long sequence) {
    return sequence / 10 % 3 != 0;
  }

  private static List<EventLog.Block> left(EventLog.Block block) {
    return isKept(block.firstSequence()) ? List.of(block) : List.of();
  }

  private static List<Long> left(long end) {
    var left = new ArrayList<Long>();
    for (long at = 0; at < 300; at++) {
      if (at >= end || isKept(at)) {
        left.add(at);
      }
    }
    return left;
  }

  private static void fill(Journal journal) {
    for (int i = 0; i < 30; i++) {
      Answer.append(journal, Numbered.batch(i * 10L, 10));
    }
  }

  private static Journal open(FakeDisk disk) {
    return Journal.open(
            new JournalConfig(Path.of("fake"), 2_000, 64 << 20), disk, 1, new SimpleMeterRegistry())
        .start();
  }
}
