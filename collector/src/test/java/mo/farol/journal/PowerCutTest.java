package mo.farol.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Power cuts on a disk that keeps only what was forced, and torn pieces of the rest. */
class PowerCutTest {
  private static final long SEED = Long.getLong("farol.seed", System.nanoTime());

  @Test
  void whatever_was_acknowledged_outlives_six_hundred_power_cuts_and_kills() {
    run(200);
  }

  @Test
  @Tag("slow")
  void whatever_was_acknowledged_outlives_sixty_thousand_power_cuts_and_kills() {
    run(20_000);
  }

  private static void run(int histories) {
    System.out.println("PowerCutTest seed " + SEED);
    for (int i = 0; i < histories; i++) {
      long seed = SEED + i;
      try {
        new History(new Random(seed)).live();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("fails with -Dfarol.seed=" + seed, e);
      }
    }
  }

  /** Three lives of one journal, each ended by force, and what must be true after each. */
  private static final class History {
    private final Random random;
    private final Map<Long, Long> acknowledged = new TreeMap<>();
    private FakeDisk disk;
    private long nextNumber;

    History(Random random) {
      this.random = random;
      this.disk = new FakeDisk(random);
    }

    void live() {
      for (int life = 0; life < 3; life++) {
        if (random.nextInt(3) > 0) {
          disk.losePowerAfter(random.nextInt(60));
        }
        spend();
        disk = random.nextInt(4) > 0 ? disk.afterPowerCut() : disk.afterKill();
        check();
      }
    }

    private void spend() {
      try {
        var journal = open(disk);
        journal.start();
        int appends = random.nextInt(20);
        var answers = new TreeMap<Long, Answer>();
        for (int i = 0; i < appends; i++) {
          disturb();
          append(journal, answers);
        }
        journal.close();
        answers.forEach(this::note);
      } catch (JournalFault e) {
        assertThat(disk.isDead()).as("opens unless the power is gone: %s", e).isTrue();
      }
    }

    private void disturb() {
      switch (random.nextInt(40)) {
        case 0 -> failSyncs();
        case 1 -> disk.limit(random.nextInt(2_000));
        case 2 -> disk.limit(Long.MAX_VALUE);
        default -> {}
      }
    }

    private void failSyncs() {
      disk.failSyncs(1 + random.nextInt(2));
      disk.failCuts(random.nextInt(2));
    }

    private void append(Journal journal, Map<Long, Answer> answers) {
      int count = random.nextInt(5) == 0 ? 1 + random.nextInt(60) : 1 + random.nextInt(3);
      if (random.nextInt(2_000) == 0) {
        count = 3 * BlockCodec.PIECE / 80; // several blocks
      }
      var answer = Answer.to(journal, Numbered.batch(nextNumber, count));
      answers.put(nextNumber, answer);
      nextNumber += count;
      if (random.nextInt(3) == 0 && !answer.isKept()) {
        awaitMending();
      }
    }

    private static void awaitMending() {
      try {
        Thread.sleep(4);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void note(long number, Answer answer) {
      if (answer.isKeptByNow()) {
        acknowledged.put(answer.sequence(), number);
      }
    }

    private void check() {
      var journal = open(disk);
      var sequences = new TreeMap<Long, Long>();
      long end = 0;
      for (var block : blocks(journal)) {
        assertThat(block.firstSequence()).as("blocks in order").isGreaterThanOrEqualTo(end);
        end = block.nextSequence();
        for (int i = 0; i < block.frames().count(); i++) {
          sequences.put(block.firstSequence() + i, Numbered.number(block, i));
        }
      }
      assertThat(end).isLessThanOrEqualTo(journal.durable());
      assertThat(journal.quarantined()).as("nothing that was kept went bad").isEmpty();
      acknowledged.forEach(
          (sequence, number) ->
              assertThat(sequences.get(sequence))
                  .as("acknowledged %s", sequence)
                  .isEqualTo(number));
      assertThat(new HashSet<>(sequences.values()))
          .as("nothing twice")
          .hasSameSizeAs(sequences.values());
      assertThat(sequences.values()).as("nothing made up").allMatch(number -> number < nextNumber);
      checkLookups(journal, sequences);
      journal.close();
      var cut = open(disk.afterPowerCut());
      assertThat(Numbered.read(cut, 0))
          .as("what a start believed outlives a power cut that follows at once")
          .containsExactlyElementsOf(sequences.values());
      cut.close();
    }

    private void checkLookups(Journal journal, Map<Long, Long> sequences) {
      for (long sequence = 0; sequence < journal.durable(); sequence += 1 + random.nextInt(9)) {
        var found = journal.holding(sequence);
        assertThat(found.isPresent()).isEqualTo(sequences.containsKey(sequence));
        if (found.isPresent()) {
          var block = found.get();
          assertThat(Numbered.number(block, (int) (sequence - block.firstSequence())))
              .isEqualTo(sequences.get(sequence));
        }
      }
    }

    private static List<EventLog.Block> blocks(Journal journal) {
      return new ArrayList<>(Numbered.blocks(journal, 0));
    }

    private static Journal open(FakeDisk disk) {
      return Journal.open(
          new JournalConfig(Path.of("fake"), 2_000, 64 << 20), disk, 1, new SimpleMeterRegistry());
    }
  }
}
