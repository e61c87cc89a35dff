package mo.farol.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mo.farol.journal.JournalConfig;
import mo.farol.seal.SealConfig;
import mo.farol.store.StoreConfig;

/**
 * Where one collector keeps what it has, with bounds so small that files end, days close, commits
 * and heads are made many times a second.
 */
record Home(Path folder) {
  private static final long SEGMENT_BYTES = 24 << 10;
  private static final long PENDING_BYTES = 16 << 20;
  private static final long BUFFER_BYTES = 1 << 20;
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final int OPEN_DAYS = 3;

  Path journal() {
    return folder.resolve("journal");
  }

  Path index() {
    return folder.resolve("index");
  }

  Path seal() {
    return folder.resolve("seal");
  }

  Path heads() {
    return seal().resolve("heads.jsonl");
  }

  Path removals() {
    return seal().resolve("removals.jsonl");
  }

  JournalConfig journalConfig() {
    return new JournalConfig(journal(), SEGMENT_BYTES, PENDING_BYTES);
  }

  StoreConfig storeConfig() {
    return new StoreConfig(index(), BUFFER_BYTES, EVERY, OPEN_DAYS);
  }

  SealConfig sealConfig() {
    return new SealConfig(
        seal(),
        folder.resolve("seal.key"),
        EVERY,
        List.of(),
        Optional.empty(),
        Duration.ofHours(1));
  }
}
