package mo.farol.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.journal.StoredJournal;

/** What can be said of events that no signed head covers. */
final class Unsealed {
  // A head is signed within seal.every, a minute where nobody set it.
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final long MICROS = 1_000_000;

  private Unsealed() {}

  /** A file of a seal that is written with or after heads only; empty where there is none. */
  static Optional<String> sealedOnce(Path seal) throws IOException {
    for (var name : List.of("keys.jsonl", "removals.jsonl")) {
      var file = seal.resolve(name);
      if (Files.exists(file) && Files.size(file) > 0) {
        return Optional.of("seal/" + name);
      }
    }
    return Optional.empty();
  }

  private static long oldest(Manifest manifest) {
    return manifest.begunAt().minus(LONGEST).getEpochSecond() * MICROS;
  }

  /** Whether events behind the last head should have been sealed; empty where none should. */
  static Optional<String> behind(Path folder, Manifest manifest, long sealed) {
    long oldest = oldest(manifest);
    long old = 0;
    try (var journal = StoredJournal.open(folder);
        var blocks = journal.examine(sealed)) {
      for (var block = blocks.next(); block != null; block = blocks.next()) {
        if (block.frames().receivedAtMicros() < oldest) {
          old += Math.max(0, block.nextSequence() - Math.max(sealed, block.firstSequence()));
        }
      }
    }
    return old == 0
        ? Optional.empty()
        : Optional.of(
            "seal/heads.jsonl ends with the head of %d events, though %d behind them came more than a day before the backup: heads were lost or taken away, or 'seal.every' is longer"
                .formatted(sealed, old));
  }

  /** Reads a journal; what is not as it was written, is missing, or should have been sealed. */
  static List<String> examine(Path folder, Manifest manifest) {
    var wrong = new ArrayList<String>();
    long oldest = oldest(manifest);
    long next = manifest.first();
    boolean isOld = false;
    try (var journal = StoredJournal.open(folder);
        var blocks = journal.examine(manifest.first())) {
      for (var block = blocks.next(); block != null; block = blocks.next()) {
        if (block.firstSequence() > next) {
          wrong.add("events %d to %d are not there".formatted(next, block.firstSequence() - 1));
        }
        next = Math.max(next, block.nextSequence());
        isOld |= block.frames().receivedAtMicros() < oldest;
      }
      if (next < manifest.next()) {
        wrong.add("events %d to %d are not there".formatted(next, manifest.next() - 1));
      }
      if (journal.damaged() > 0) {
        wrong.add(
            "%d places of the journal's files are not as they were written"
                .formatted(journal.damaged()));
      }
    }
    if (isOld) {
      wrong.add(
          "seal/heads.jsonl has no signed head, though events came more than a day before the"
              + " backup: heads were lost or taken away, or 'seal.every' is longer");
    }
    return wrong;
  }
}
