package mo.farol.proof;

import java.util.function.LongFunction;
import mo.farol.journal.EventLog;
import mo.farol.journal.StoredJournal;
import mo.farol.seal.Hash;
import mo.farol.seal.Leaves;
import org.jspecify.annotations.Nullable;

/** Goes over the journal's blocks and compares each with the leaves that belong to it. */
final class JournalComparison {
  /** Whether a frame need not be there. */
  interface Excuse {
    boolean test(long sequence, Hash leaf);
  }

  private final StoredJournal journal;
  private final Leaves hashing;
  private final LongFunction<Hash> sealed;
  private final Excuse excuse;
  private final Verdict.Notes notes;

  JournalComparison(
      StoredJournal journal,
      Leaves hashing,
      LongFunction<Hash> sealed,
      Excuse excuse,
      Verdict.Notes notes) {
    this.journal = journal;
    this.hashing = hashing;
    this.sealed = sealed;
    this.excuse = excuse;
    this.notes = notes;
  }

  /** Compares the sequences {@code from} to before {@code to}. */
  void compare(long from, long to) {
    try (var reader = journal.examine(from)) {
      long open = from;
      EventLog.Block block = reader.next();
      while (open < to) {
        if (block == null || block.firstSequence() >= to) {
          align(open, to, to, null);
          return;
        }
        if (block.firstSequence() > open) {
          align(open, block.firstSequence(), to, null);
          open = block.firstSequence();
        }
        var after = reader.next();
        long end = after == null ? Math.max(to, block.nextSequence()) : after.firstSequence();
        end = Math.min(Math.max(end, open), to);
        align(open, end, to, block);
        open = end;
        block = after;
      }
    }
  }

  private void align(long from, long to, long limit, EventLog.@Nullable Block block) {
    long skipped = block == null ? 0 : Math.max(0, from - block.firstSequence());
    int count = block == null ? 0 : (int) Math.max(0, block.frames().count() - skipped);
    // A comparison that ends inside the block leaves the rest of it to the next one.
    int shownCount = to == limit ? (int) Math.min(count, to - from) : count;
    var shown = new Block(block, (int) skipped, shownCount, hashing);
    new Alignment(from, to, sealed, at -> excuse.test(at, sealed.apply(at)), notes).compare(shown);
  }

  private record Block(EventLog.@Nullable Block block, int skipped, int count, Leaves hashing)
      implements Alignment.Shown {
    @Override
    public Hash leaf(int i, long sequence) {
      if (block == null) {
        throw new IllegalStateException("no frame is shown");
      }
      return hashing.of(block, skipped + i, sequence);
    }
  }
}
