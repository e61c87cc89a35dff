package mo.farol.wire;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Does the cryptography of TLS handshakes off the event loops, so that who knocks often does not
 * hold up who is let in: on half of the processors. A newcomer has one task at a time, so the queue
 * has room for all there may be.
 */
final class Handshakes implements Executor, AutoCloseable {
  private final ThreadPoolExecutor threads;

  /**
   * @param most tasks that may wait
   */
  Handshakes(int most) {
    int count = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(most),
            new DefaultThreadFactory("intake-handshake", true));
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
