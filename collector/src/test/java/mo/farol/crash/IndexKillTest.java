package mo.farol.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.store.Clause;
import mo.farol.store.Deadline;
import mo.farol.store.Found;
import mo.farol.store.InMemory;
import mo.farol.store.IndexRows;
import mo.farol.store.Mending;
import mo.farol.store.Question;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An index in a process of its own, killed with SIGKILL over and over while it flushes, merges,
 * commits, opens and closes days, removes rows and whole days, and replaces rows: each event is in
 * it once, what was removed is gone, what was replaced stands where it should. {@code -Dfarol.seed}
 * repeats the choices made.
 */
class IndexKillTest {
  private static final int MOST_TOLD = 20;
  private static final long MOST_NANOS = 30_000_000;

  @TempDir(factory = InMemory.class)
  private Path folder;

  private final long seed = Long.getLong("farol.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void kills_before_and_after_damage_lose_and_double_nothing() throws Exception {
    kill(1, 2);
  }

  @Test
  @Tag("slow")
  void thirty_kills_lose_and_double_nothing() throws Exception {
    kill(15, 15);
  }

  /**
   * @param whole kills after each of which the index is looked at as it lies there
   * @param hurt kills after about half of which a file is hurt
   */
  private void kill(int whole, int hurt) throws Exception {
    System.out.println("IndexKillTest seed " + seed);
    var home = Files.createDirectories(folder.resolve("home"));
    var flags = Flags.learnt(folder);
    for (int round = 0; round < whole; round++) {
      live(home, flags, false);
      look(home, "seed " + seed + " round " + round);
    }
    int files = 0;
    for (int round = 0; round < hurt; round++) {
      files += random.nextInt(2) == 0 ? hurt(home) : 0;
      live(home, flags, true);
    }
    settle(home, whole + hurt, files);
  }

  private void live(Path home, List<String> flags, boolean hurts) throws Exception {
    try (var child =
        Child.start(IndexProcess.class, List.of(home + "", random.nextLong() + ""), flags)) {
      for (int i = random.nextInt(MOST_TOLD); i > 0; i--) {
        child.ready();
      }
      Moment.pause(random.nextLong(MOST_NANOS));
      if (hurts) {
        child.killWithComplaints();
      } else {
        child.kill();
      }
    }
  }

  // As it lies there: what the checkpoint says is there once. An odd line may stand twice for now.
  private static void look(Path home, String where) throws IOException {
    var lines = new NumberedLines(home);
    var rows = new BitSet();
    for (long sequence : IndexRows.sequences(IndexLife.index(home))) {
      assertThat(rows.get((int) sequence) && !NumberedLines.isOdd(sequence))
          .as("%s: %d twice", where, sequence)
          .isFalse();
      rows.set((int) sequence);
    }
    long whole = IndexRows.wholeTo(IndexLife.index(home));
    for (int i = 0; i < whole; i++) {
      assertThat(rows.get(i) || lines.removed().get(i / NumberedLines.BLOCK))
          .as("%s: %d of %d is missing", where, i, whole)
          .isTrue();
    }
  }

  /** Does something to one file of a day; gives 1 where there was any. */
  private int hurt(Path home) throws IOException {
    var files = new ArrayList<Path>();
    try (var all = Files.walk(IndexLife.index(home))) {
      all.filter(f -> f.getParent().getFileName().toString().matches("[0-9-]{10}"))
          .filter(f -> !f.endsWith("write.lock"))
          .sorted()
          .forEach(files::add);
    }
    if (files.isEmpty()) {
      return 0;
    }
    var file = files.get(random.nextInt(files.size()));
    if (random.nextBoolean()) {
      Files.delete(file);
    } else {
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(random.nextLong(Files.size(file) + 1));
      }
    }
    return 1;
  }

  private void settle(Path home, int rounds, int hurt) throws IOException {
    int end = (int) (last(home) / NumberedLines.BLOCK) + 3;
    try (var life = new IndexLife(home, 0)) {
      life.settle(end);
      var mendings = life.store().mendings();
      var rows = rows(life);
      assertThat(rows.exact())
          .as(
              "seed %d: whole %s, %d days missing, %s",
              seed, rows.whole(), rows.missing(), mendings)
          .isTrue();
      var seen = new BitSet();
      for (var row : rows.rows()) {
        int sequence = (int) row.sequence();
        assertThat(seen.get(sequence)).as("seed %d: %d twice", seed, sequence).isFalse();
        seen.set(sequence);
        boolean isMended = life.lines().mended().get(sequence);
        assertThat(row.occurredAtMicros())
            .as("seed %d: time of %d", seed, sequence)
            .isEqualTo(Micros.of(NumberedLines.time(sequence, isMended)));
      }
      var expected = new BitSet();
      for (int i = 0; i < end * NumberedLines.BLOCK; i++) {
        expected.set(i, !life.lines().removed().get(i / NumberedLines.BLOCK));
      }
      assertThat(seen).as("seed " + seed).isEqualTo(expected);
      assertThat(mendings).allMatch(Mending::done);
      System.out.printf(
          "%d kills, %d files hurt: %d events, %d of them removed, %d odd ones replaced, days made"
              + " again: %s%n",
          rounds,
          hurt,
          end * NumberedLines.BLOCK,
          end * NumberedLines.BLOCK - seen.cardinality(),
          life.lines().mended().cardinality(),
          mendings.stream().map(m -> m.rebuilt() + "/" + m.had()).toList());
    }
  }

  private static long last(Path home) throws IOException {
    long known = IndexRows.knownTo(IndexLife.index(home));
    var lines = new NumberedLines(home);
    long told =
        Math.max(lines.removed().length() * (long) NumberedLines.BLOCK, lines.mended().length());
    try {
      long rows = LongStream.of(IndexRows.sequences(IndexLife.index(home))).max().orElse(0);
      return Math.max(Math.max(rows, known), told);
    } catch (IOException e) {
      return Math.max(known, told) + 100_000; // one of the days can't be read
    }
  }

  private static Found.Rows rows(IndexLife life) {
    var all = new Question(new Clause.All(), Scope.national(), Long.MIN_VALUE, Long.MAX_VALUE);
    return life.store()
        .newest(
            all, 10_000_000, Long.MAX_VALUE, Optional.empty(), Deadline.in(Duration.ofMinutes(1)));
  }
}
