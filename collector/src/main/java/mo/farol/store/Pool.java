package mo.farol.store;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that several answers may hold together. Any thread. */
final class Pool {
  private final AtomicLong left;

  Pool(long bytes) {
    left = new AtomicLong(bytes);
  }

  /** Takes some; false, and nothing taken, where there are not so many. */
  boolean take(long bytes) {
    long before = left.getAndUpdate(all -> all >= bytes ? all - bytes : all);
    return before >= bytes;
  }

  /** Gives back what was taken. */
  void give(long bytes) {
    left.addAndGet(bytes);
  }
}
