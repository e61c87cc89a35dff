package mo.farol.journal;

import java.util.concurrent.TimeUnit;

/** How far the journal is on disk, and who waits for more. */
final class Progress {
  private final Object lock = new Object();
  private volatile long durable;
  private volatile boolean closed;

  Progress(long durable) {
    this.durable = durable;
  }

  /** Sequence after the last frame on disk. */
  long durable() {
    return durable;
  }

  void reached(long next) {
    synchronized (lock) {
      durable = next;
      lock.notifyAll();
    }
  }

  void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
  }

  /** Waits until more than this is durable, the time is over or the journal closes. */
  void awaitBeyond(long sequence, long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    synchronized (lock) {
      while (durable <= sequence && !closed) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return;
        }
        lock.wait(left);
      }
    }
  }
}
