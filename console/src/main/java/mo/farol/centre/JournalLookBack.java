package mo.farol.centre;

import java.time.Duration;
import java.util.Optional;
import mo.farol.alert.LookBack;
import mo.farol.journal.EventLog;

/** Finds where in the journal a span before a sequence begins, by halving. */
final class JournalLookBack implements LookBack {
  private final EventLog journal;

  JournalLookBack(EventLog journal) {
    this.journal = journal;
  }

  @Override
  public long earlier(long sequence, Duration span) {
    if (sequence == 0) {
      return 0;
    }
    var newest = journal.holding(sequence - 1);
    if (newest.isEmpty()) {
      return sequence;
    }
    long from = newest.get().frames().receivedAtMicros() - span.toNanos() / 1000;
    long low = 0;
    long high = sequence;
    while (low < high) {
      long middle = (low + high) / 2;
      if (isBefore(middle, from)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  // Where retention left a hole, the next block that is there tells.
  private boolean isBefore(long sequence, long from) {
    return journal
        .holding(sequence)
        .or(() -> nextThere(sequence))
        .filter(block -> block.frames().receivedAtMicros() < from)
        .isPresent();
  }

  private Optional<EventLog.Block> nextThere(long sequence) {
    try (var reader = journal.read(sequence)) {
      return Optional.ofNullable(reader.next(Duration.ZERO));
    }
  }
}
