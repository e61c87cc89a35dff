package mo.farol.centre;

import java.time.Duration;
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
    long newest = receivedAt(sequence - 1, Long.MAX_VALUE);
    if (newest == Long.MAX_VALUE) {
      return sequence;
    }
    long from = newest - span.toNanos() / 1000;
    long low = 0;
    long high = sequence;
    while (low < high) {
      long middle = (low + high) / 2;
      if (receivedAt(middle, Long.MIN_VALUE) < from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long receivedAt(long sequence, long otherwise) {
    return journal.holding(sequence).map(b -> b.frames().receivedAtMicros()).orElse(otherwise);
  }
}
