package mo.farol.web;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import mo.farol.search.Splitting;

/**
 * How many answers are worked out at once: each may take some ten MiB until it is sent. Tables have
 * turns of their own, so that those that wait keep no plain search from its answer. Any thread.
 */
public final class Turns {
  private static final int AT_ONCE = 8;
  private static final int SECONDS = 10;
  private final Semaphore pages = new Semaphore(AT_ONCE, true);
  private final Semaphore tables = new Semaphore(AT_ONCE, true);

  /**
   * Does this in its turn. Refuses with 503 where a table's turn does not come within ten seconds.
   *
   * @param query the query that is answered, with its stages
   */
  public void take(String query, Runnable work) {
    boolean isPage = Splitting.stages(query).isEmpty();
    var turns = isPage ? pages : tables;
    if (isPage) {
      pages.acquireUninterruptibly();
    } else if (!isMine(tables)) {
      throw new Refused(503, "Busy", "Other tables are worked out now; ask again in some seconds.");
    }
    try {
      work.run();
    } finally {
      turns.release();
    }
  }

  private static boolean isMine(Semaphore turns) {
    try {
      return turns.tryAcquire(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
