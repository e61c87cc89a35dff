package mo.farol.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of 4 MiB that really runs full; needs the right to mount one. */
class DiskFullTest {
  @TempDir Path folder;

  private boolean isMounted;

  @BeforeEach
  void mount() throws Exception {
    isMounted = run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder.toString()) == 0;
    assumeTrue(isMounted, "SKIPPED: this test needs the right to mount a tmpfs");
  }

  @AfterEach
  void unmount() throws Exception {
    if (isMounted) {
      assertThat(run("umount", folder.toString())).isZero();
    }
  }

  @Test
  void five_times_full_and_freed_loses_nothing_acknowledged_and_needs_nobody() throws Exception {
    var kept = new ArrayList<Long>();
    long number = 0;
    try (var journal = open()) {
      journal.start();
      for (int round = 0; round < 5; round++) {
        var ballast = folder.resolve("ballast");
        Files.write(ballast, new byte[(1 << 20) - round * (128 << 10)]);
        number = fill(journal, number, kept, "No space left");
        Files.delete(ballast);
        long next = number;
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> Answer.to(journal, Numbered.batch(next, 1)).isKept());
        kept.add(number++);
      }
      assertThat(Numbered.read(journal, 0)).isEqualTo(kept);
    }
    try (var journal = open()) {
      assertThat(journal.durable()).isEqualTo(kept.size());
      assertThat(journal.quarantined()).isEmpty();
    }
  }

  @Test
  void the_reserve_is_left_to_others_and_writing_goes_on_once_there_is_space_again()
      throws Exception {
    long reserve = 1 << 20;
    var config = new JournalConfig(folder, 256 << 10, 64 << 20, reserve);
    try (var journal = Journal.open(config, new SimpleMeterRegistry())) {
      journal.start();
      var ballast = folder.resolve("ballast");
      Files.write(ballast, new byte[2 << 20]);
      var kept = new ArrayList<Long>();
      long number = fill(journal, 0, kept, "a reserve of 1 MiB is kept");
      assertThat(Files.getFileStore(folder).getUsableSpace()).isGreaterThan(reserve / 2);
      Files.write(folder.resolve("the ledger still writes"), new byte[100_000]);
      Files.delete(ballast);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Answer.to(journal, Numbered.batch(number, 1)).isKept());
      kept.add(number);
      assertThat(Numbered.read(journal, 0)).isEqualTo(kept);
    }
  }

  // Appends until an append is refused.
  private static long fill(Journal journal, long from, List<Long> kept, String why) {
    long number = from;
    for (int i = 0; i < 100_000; i++) {
      var answer = Answer.to(journal, Numbered.batch(number, 500));
      boolean isKept = answer.isKept();
      if (isKept) {
        EventLogContract.numbers(number, number + 500).forEach(kept::add);
      }
      number += 500;
      if (!isKept) {
        assertThat(answer.refusal()).hasMessageContaining(why);
        return number;
      }
    }
    throw new AssertionError("4 MiB never ran full");
  }

  private Journal open() {
    return Journal.open(new JournalConfig(folder, 256 << 10, 64 << 20), new SimpleMeterRegistry());
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException e) {
      return -1; // no such program here
    }
  }
}
