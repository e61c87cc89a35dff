package mo.farol.proof;

import mo.farol.journal.EventLog;
import mo.farol.journal.StoredJournal;
import mo.farol.seal.Hash;
import mo.farol.seal.Leaves;
import org.jspecify.annotations.Nullable;

/** Leaves as the journal's frames give them now. For one thread. */
final class FrameLeaves {
  private final StoredJournal journal;
  private final Leaves hashing;
  private EventLog.@Nullable Block block;

  FrameLeaves(StoredJournal journal, Leaves hashing) {
    this.journal = journal;
    this.hashing = hashing;
  }

  /** Hash of what lies under a sequence, a gap's where nothing does. */
  Hash leaf(long sequence) {
    var at = block;
    if (at == null || sequence < at.firstSequence() || sequence >= at.nextSequence()) {
      at = journal.holding(sequence).orElse(null);
      block = at;
    }
    return at == null
        ? hashing.gap(sequence)
        : hashing.of(at, (int) (sequence - at.firstSequence()));
  }
}
