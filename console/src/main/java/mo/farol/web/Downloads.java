package mo.farol.web;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many files are sent at once: each takes some MiB until its reader has taken it whole, and who
 * takes one slowly keeps nobody from a page. Any thread.
 */
public final class Downloads {
  private static final int AT_ONCE = 8;
  private static final int SECONDS = 10;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  /** Does this in its turn. Refuses with 503 where that does not come within ten seconds. */
  public void take(Runnable work) {
    if (!isMine()) {
      throw new Refused(503, "Busy", "Other files are sent now; ask again in some seconds.");
    }
    try {
      work.run();
    } finally {
      turns.release();
    }
  }

  private boolean isMine() {
    try {
      return turns.tryAcquire(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
