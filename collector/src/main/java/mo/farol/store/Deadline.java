package mo.farol.store;

import java.time.Duration;

/** When an answer must be given, complete or not. */
public final class Deadline {
  private final long endNanos;
  private boolean missed;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  /** A deadline so long from now. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Whether it has passed; once it has, the answer is marked as not exact. */
  public boolean isOver() {
    if (System.nanoTime() - endNanos >= 0) {
      missed = true;
    }
    return missed;
  }

  /** Whether work was cut short. */
  public boolean missed() {
    return missed;
  }
}
