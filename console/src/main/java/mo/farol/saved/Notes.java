package mo.farol.saved;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what nobody waits for, in order, on one thread; where too much waits, it drops. */
final class Notes implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Notes.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final BlockingQueue<Runnable> waiting;
  private final Thread writer;
  private volatile boolean isClosed;

  Notes(int most) {
    waiting = new ArrayBlockingQueue<>(most);
    writer = Thread.ofPlatform().name("search-history").daemon().start(this::work);
  }

  /** Whether there was room. */
  boolean offer(Runnable note) {
    return !isClosed && waiting.offer(note);
  }

  /** Waits some seconds at most for all that was offered before; whether it is done. */
  boolean settle() {
    var done = new CountDownLatch(1);
    try {
      return !isClosed
          && waiting.offer(done::countDown, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          && done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Does what waits, for some seconds at most, and ends. */
  @Override
  public void close() {
    settle();
    isClosed = true;
    writer.interrupt();
    try {
      writer.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    while (!isClosed) {
      try {
        waiting.take().run();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.warn("a note was not kept", e);
      }
    }
  }
}
