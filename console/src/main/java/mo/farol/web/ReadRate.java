package mo.farol.web;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How fast a reader takes what is written, on average of some seconds. Only the time spent in
 * writing counts: what is written slowly is not read slowly. One thread writes, another looks.
 */
final class ReadRate {
  private final long leastBytes;
  private final long spanNanos;
  private final LongSupplier nanos;
  private long bytes;
  private long spent;
  private long since;
  private boolean isWriting;
  private boolean isSlow;

  /**
   * @param leastRate bytes a second, below which a reader is slow
   * @param span of writing over which that is told
   * @param nanos clock, as {@link System#nanoTime}
   */
  ReadRate(long leastRate, Duration span, LongSupplier nanos) {
    leastBytes = (long) (leastRate * (span.toNanos() / 1e9));
    spanNanos = span.toNanos();
    this.nanos = nanos;
  }

  synchronized void begin() {
    since = nanos.getAsLong();
    isWriting = true;
  }

  synchronized void end(long written) {
    spent += nanos.getAsLong() - since;
    isWriting = false;
    bytes += written;
    look();
  }

  /** For how long the write under way has taken by now; 0 where there is none. */
  synchronized long stalledNanos() {
    return isWriting ? nanos.getAsLong() - since : 0;
  }

  /** Whether in the last whole span too little was taken. */
  synchronized boolean isSlow() {
    look();
    return isSlow;
  }

  private void look() {
    long inWrite = isWriting ? nanos.getAsLong() - since : 0;
    if (spent + inWrite >= spanNanos) {
      isSlow = bytes < leastBytes;
      bytes = 0;
      spent = -inWrite; // the write under way goes on into the next span
    }
  }
}
