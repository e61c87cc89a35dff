package mo.farol.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory that all requests and frames under way may hold together, a quarter of it those of one
 * agency. Any event loop may call.
 */
public final class Budget {
  private static final long MOST_BYTES = 256L << 20;

  private final long limit;
  private final AtomicLong held = new AtomicLong();
  private final Map<String, AtomicLong> agencies = new ConcurrentHashMap<>();

  public Budget(long limit) {
    this.limit = limit;
  }

  /** A quarter of the heap, 256 MiB at most. */
  public static Budget ofHeap() {
    return new Budget(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 4));
  }

  /** What one agency may hold, in bytes. */
  public long share() {
    return limit / 4;
  }

  /** Takes bytes; false, and nothing taken, where that would be too much. */
  public boolean take(String agency, long bytes) {
    long ofAgency = of(agency).addAndGet(bytes);
    long ofAll = held.addAndGet(bytes);
    boolean fits = ofAgency <= share() && ofAll <= limit;
    if (!fits) {
      give(agency, bytes);
    }
    return fits;
  }

  public void give(String agency, long bytes) {
    of(agency).addAndGet(-bytes);
    held.addAndGet(-bytes);
  }

  public long held() {
    return held.get();
  }

  private AtomicLong of(String agency) {
    return agencies.computeIfAbsent(agency, _ -> new AtomicLong());
  }
}
