package mo.farol.post;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that all requests under way may hold together. Any event loop may call. */
final class Budget {
  private static final long MOST_BYTES = 256L << 20;

  private final long limit;
  private final AtomicLong held = new AtomicLong();

  Budget(long limit) {
    this.limit = limit;
  }

  /** A quarter of the heap, 256 MiB at most. */
  static Budget ofHeap() {
    return new Budget(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 4));
  }

  /** Takes bytes; false, and nothing taken, where that would be too much. */
  boolean take(long bytes) {
    if (held.addAndGet(bytes) > limit) {
      held.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void give(long bytes) {
    held.addAndGet(-bytes);
  }

  long held() {
    return held.get();
  }
}
