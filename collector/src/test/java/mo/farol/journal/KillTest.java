package mo.farol.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process that appends is killed with SIGKILL; nothing it was promised may be missing. */
class KillTest {
  private static final long SEED = Long.getLong("farol.seed", System.nanoTime());
  private static final long NUMBERS_A_ROUND = 100_000_000;

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final TreeMap<Long, Long> promised = new TreeMap<>();

  @Test
  void ten_kills_lose_nothing_that_was_acknowledged_and_double_nothing() throws Exception {
    rounds(10);
  }

  @Test
  @Tag("slow")
  void two_hundred_kills_lose_nothing_that_was_acknowledged_and_double_nothing() throws Exception {
    rounds(200);
  }

  private void rounds(int rounds) throws Exception {
    System.out.println("KillTest seed " + SEED);
    for (int round = 0; round < rounds; round++) {
      for (String line : runAndKill(round * NUMBERS_A_ROUND)) {
        note(line);
      }
      check();
    }
    assertThat(promised.size()).isGreaterThan(rounds * 50);
  }

  private List<String> runAndKill(long firstNumber) throws Exception {
    var process = start(firstNumber);
    var lines = new LinkedBlockingQueue<String>();
    var reading = Thread.ofVirtual().start(() -> read(process, lines));
    try {
      var first = lines.poll(60, TimeUnit.SECONDS);
      assertThat(first).as("the child's first acknowledgement").isNotNull().endsWith("ok");
      boolean hasEnded = process.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
      assertThat(hasEnded).as("the child ended by itself").isFalse();
      assertThat(process.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(reading.join(Duration.ofSeconds(30))).isTrue();
      lines.add(first);
      return List.copyOf(lines);
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(long firstNumber) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AppendingProcess.class.getName(),
            folder.toString(),
            Long.toString(firstNumber),
            Long.toString(random.nextLong()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  // A line cut by the kill doesn't end in ok.
  private static void read(Process process, Queue<String> lines) {
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("cut off by " + e.getMessage());
    }
  }

  private void note(String line) {
    assertThat(line).doesNotStartWith("failed");
    String[] words = line.split(" ", -1);
    if (words.length == 4 && words[3].equals("ok")) {
      for (int i = 0; i < Integer.parseInt(words[2]); i++) {
        promised.put(Long.parseLong(words[1]) + i, Long.parseLong(words[0]) + i);
      }
    }
  }

  private void check() {
    try (var journal =
        Journal.open(new JournalConfig(folder, 1 << 20, 64 << 20), new SimpleMeterRegistry())) {
      var kept = new TreeMap<Long, Long>();
      for (var block : Numbered.blocks(journal, 0)) {
        for (int i = 0; i < block.frames().count(); i++) {
          kept.put(block.firstSequence() + i, Numbered.number(block, i));
        }
      }
      var missing = new TreeMap<>(promised);
      missing.entrySet().removeIf(e -> e.getValue().equals(kept.get(e.getKey())));
      assertThat(missing).isEmpty();
      assertThat(new HashSet<>(kept.values()).size()).isEqualTo(kept.size());
      assertThat(journal.quarantined()).isEmpty();
      assertThat(journal.durable()).isEqualTo(kept.size());
    }
  }
}
