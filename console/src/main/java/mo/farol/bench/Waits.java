package mo.farol.bench;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Times waited, in tenths of a millisecond up to ten seconds. Any thread adds. */
final class Waits {
  private static final long TENTH_NANOS = 100_000;

  private final AtomicLongArray counts = new AtomicLongArray(100_001);
  private final AtomicLong longest = new AtomicLong();

  /** Takes a time in; less than 0 does not count. */
  void add(long nanos) {
    if (nanos >= 0) {
      counts.incrementAndGet((int) Math.min(nanos / TENTH_NANOS, counts.length() - 1));
      longest.accumulateAndGet(nanos, Math::max);
    }
  }

  /** The time, in milliseconds, within which this part of all was over. */
  double at(double part) {
    long all = 0;
    for (int i = 0; i < counts.length(); i++) {
      all += counts.get(i);
    }
    long wanted = (long) Math.ceil(all * part);
    long seen = 0;
    int i = 0;
    for (; i < counts.length() - 1 && seen + counts.get(i) < wanted; i++) {
      seen += counts.get(i);
    }
    return (i + 1) * TENTH_NANOS / 1e6;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "answered after p50 %.1f, p99 %.1f, p99.9 %.1f, at most %.1f ms",
        at(0.5),
        at(0.99),
        at(0.999),
        longest.get() / 1e6);
  }
}
