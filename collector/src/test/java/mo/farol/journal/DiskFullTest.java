package mo.farol.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mo.farol.wire.SmallDisk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small file system that really runs full; needs the right to mount one. */
class DiskFullTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void five_times_full_and_freed_loses_nothing_acknowledged_and_needs_nobody() throws IOException {
    runFull(5, 8);
  }

  @Test
  @Tag("slow")
  void fifty_times_full_and_freed_loses_nothing_acknowledged_and_needs_nobody() throws IOException {
    runFull(50, 48);
  }

  private void runFull(int times, int megabytes) throws IOException {
    try (var disk = SmallDisk.mount(folder, megabytes)) {
      var kept = new ArrayList<Long>();
      try (var journal = open()) {
        journal.start();
        long number = 0;
        for (int round = 0; round < times; round++) {
          disk.fill((200L + round * 8L) << 10);
          number = fill(journal, number, kept, "No space left");
          disk.free();
          goesOn(journal, number, kept);
          number++;
        }
        assertThat(Numbered.read(journal, 0)).isEqualTo(kept);
      }
      try (var journal = open()) {
        assertThat(journal.durable()).isEqualTo(kept.size());
        assertThat(journal.quarantined()).isEmpty();
      }
    }
  }

  @Test
  void the_reserve_is_left_to_others_and_writing_goes_on_once_there_is_space_again()
      throws IOException {
    long reserve = 1 << 20;
    var config = new JournalConfig(folder, 256 << 10, 64 << 20, reserve);
    try (var disk = SmallDisk.mount(folder, 4);
        var journal = Journal.open(config, new SimpleMeterRegistry())) {
      journal.start();
      disk.fill(2 << 20);
      var kept = new ArrayList<Long>();
      long number = fill(journal, 0, kept, "a reserve of 1 MiB is kept");
      assertThat(Files.getFileStore(folder).getUsableSpace()).isGreaterThan(reserve / 2);
      Files.write(folder.resolve("the ledger still writes"), new byte[100_000]);
      disk.free();
      goesOn(journal, number, kept);
      assertThat(Numbered.read(journal, 0)).isEqualTo(kept);
    }
  }

  private static void goesOn(Journal journal, long number, List<Long> kept) {
    await().atMost(PATIENCE).until(() -> Answer.to(journal, Numbered.batch(number, 1)).isKept());
    kept.add(number);
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
    throw new AssertionError("it never ran full");
  }

  private Journal open() {
    return Journal.open(new JournalConfig(folder, 256 << 10, 64 << 20), new SimpleMeterRegistry());
  }
}
