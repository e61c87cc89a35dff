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
  private static final long MOST_MILLIS = 500;

  @TempDir private Path folder;

  private final long seed = Long.getLong("farol.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void eight_kills_lose_and_double_nothing() throws Exception {
    kill(8, false);
  }

  @Test
  void six_kills_with_damage_in_between_lose_and_double_nothing() throws Exception {
    kill(6, true);
  }

  @Test
  @Tag("slow")
  void sixty_kills_lose_and_double_nothing() throws Exception {
    kill(60, false);
  }

  @Test
  @Tag("slow")
  void sixty_kills_with_damage_in_between_lose_and_double_nothing() throws Exception {
    kill(60, true);
  }

  private void kill(int rounds, boolean hurts) throws Exception {
    System.out.println("IndexKillTest seed " + seed);
    var home = Files.createDirectories(folder.resolve("home"));
    var flags = Flags.learnt(folder);
    int hurt = 0;
    for (int round = 0; round < rounds; round++) {
      live(home, flags);
      if (!hurts) {
        look(home, "seed " + seed + " round " + round);
      } else if (random.nextInt(2) == 0) {
        hurt += hurt(home);
      }
    }
    settle(home, rounds, hurt);
  }

  private void live(Path home, List<String> flags) throws Exception {
    try (var child =
        Child.start(IndexProcess.class, List.of(home + "", random.nextLong() + ""), flags)) {
      if (random.nextInt(8) > 0) {
        child.ready();
      }
      Moment.pause(Duration.ofMillis(random.nextLong(MOST_MILLIS)).toNanos());
      child.kill();
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
      assertThat(rows.exact()).isTrue();
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
    long whole = IndexRows.wholeTo(IndexLife.index(home));
    var lines = new NumberedLines(home);
    long told =
        Math.max(lines.removed().length() * (long) NumberedLines.BLOCK, lines.mended().length());
    try {
      long rows = LongStream.of(IndexRows.sequences(IndexLife.index(home))).max().orElse(0);
      return Math.max(Math.max(rows, whole), told);
    } catch (IOException e) {
      return Math.max(whole, told) + 100_000; // one of the days can't be read
    }
  }

  private static Found.Rows rows(IndexLife life) {
    var all = new Question(new Clause.All(), Scope.national(), Long.MIN_VALUE, Long.MAX_VALUE);
    return life.store()
        .newest(
            all, 10_000_000, Long.MAX_VALUE, Optional.empty(), Deadline.in(Duration.ofMinutes(1)));
  }
}
