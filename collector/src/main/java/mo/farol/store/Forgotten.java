package mo.farol.store;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mo.farol.event.Runs;
import org.jspecify.annotations.Nullable;

/** Rows to be removed, handed to the thread that writes. */
final class Forgotten {
  /** One request. */
  record Wanted(AmongRuns rows, long last, CountDownLatch done) {}

  private final ConcurrentLinkedQueue<Wanted> waiting = new ConcurrentLinkedQueue<>();

  /** Asks and waits; false where it was not done in time. */
  boolean ask(Runs runs, long seconds) {
    long last = runs.last(runs.size() - 1);
    var wanted = new Wanted(new AmongRuns(runs), last, new CountDownLatch(1));
    waiting.add(wanted);
    try {
      boolean isDone = wanted.done().await(seconds, TimeUnit.SECONDS);
      if (!isDone) {
        waiting.remove(wanted);
      }
      return isDone;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * The next request whose rows were all accepted, to stay until it is {@link #done} or taken back.
   */
  @Nullable Wanted next(long accepted) {
    var first = waiting.peek();
    return first == null || first.last() >= accepted ? null : first;
  }

  /** Takes note that a request was done, unless it was taken back meanwhile. */
  void done(Wanted wanted) {
    if (waiting.remove(wanted)) {
      wanted.done().countDown();
    }
  }
}
