package mo.farol.intake;

import io.netty.channel.Channel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.event.FrameBatch;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;

/**
 * Holds one connection back while too much of what it sent is not yet durable. {@link #append}
 * belongs to the event loop; answers come on the log's thread.
 */
final class Pressure {
  private static final long LIMIT_BYTES = 1 << 20;
  private static final long RETRY_MILLIS = 20;

  private final Channel channel;
  private final Appender appender;
  private final AtomicLong inFlight = new AtomicLong();
  private volatile boolean paused;

  Pressure(Channel channel, Appender appender) {
    this.channel = channel;
    this.appender = appender;
  }

  /** Appends a batch and stops reading if that was the drop too much. */
  void append(FrameBatch batch) {
    long unacknowledged = inFlight.addAndGet(batch.size());
    appender.append(batch, new Receipt(batch.size(), batch.count()));
    if (!paused && (unacknowledged > LIMIT_BYTES || appender.isBusy())) {
      paused = true;
      channel.config().setAutoRead(false);
      retryLater();
    }
  }

  // The log may be busy with others' bytes, so an acknowledgement alone can't wake us.
  private void retryLater() {
    channel.eventLoop().schedule(this::resume, RETRY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void resume() {
    if (!paused) {
      return;
    }
    if (inFlight.get() > LIMIT_BYTES / 2 || appender.isBusy()) {
      retryLater();
    } else {
      paused = false;
      channel.config().setAutoRead(true);
    }
  }

  // Plain syslog has no answer to the sender: to be durable only makes room, a failure is counted.
  private final class Receipt implements EventLog.Acknowledgement {
    private final int bytes;
    private final int count;

    Receipt(int bytes, int count) {
      this.bytes = bytes;
      this.count = count;
    }

    @Override
    public void durable(long firstSequence) {
      settle();
    }

    @Override
    public void failed(JournalFault fault) {
      appender.drop(count);
      settle();
    }

    private void settle() {
      if (inFlight.addAndGet(-bytes) <= LIMIT_BYTES / 2 && paused) {
        try {
          channel.eventLoop().execute(Pressure.this::wake);
        } catch (RejectedExecutionException e) {
          // the listeners are down and the connection with them: nothing is left to wake
        }
      }
    }
  }

  private void wake() {
    if (paused && inFlight.get() <= LIMIT_BYTES / 2 && !appender.isBusy()) {
      paused = false;
      channel.config().setAutoRead(true);
    }
  }
}
