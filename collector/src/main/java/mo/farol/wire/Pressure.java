package mo.farol.wire;

import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;

/**
 * Holds one connection back while too much of what it sent is not yet durable, and keeps what the
 * log did not take until it does: the sender has no answer to go by, only its own full socket.
 * Belongs to the event loop; the log answers on its own thread.
 */
public final class Pressure {
  private static final long LIMIT_BYTES = 1 << 20;
  // A sender that is gone can't be held back: what it left is not kept for ever.
  private static final long ORPHAN_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Channel channel;
  private final Origin origin;
  private final Appender appender;
  private final ArrayDeque<FrameBatch> held = new ArrayDeque<>();
  private final Later later;
  private final AtomicLong inFlight = new AtomicLong();
  private volatile boolean paused;
  private long orphanedAt;

  public Pressure(Channel channel, Origin origin, Appender appender) {
    this.channel = channel;
    this.origin = origin;
    this.appender = appender;
    this.later = new Later(channel, this::retry);
  }

  /** Appends a batch and stops reading if that was the drop too much. */
  public void append(FrameBatch batch) {
    appender.count(batch);
    inFlight.addAndGet(batch.size());
    if (held.isEmpty() && !appender.isOverBound(origin)) {
      send(batch);
    } else {
      appender.hold(1);
      keep(batch);
    }
    if (!paused && (!held.isEmpty() || inFlight.get() > LIMIT_BYTES || appender.isBusy(origin))) {
      pause();
    }
  }

  private void send(FrameBatch batch) {
    appender.append(batch, new Receipt(batch));
  }

  private void keep(FrameBatch batch) {
    held.add(batch);
    if (!paused) {
      pause();
    }
  }

  private void pause() {
    paused = true;
    channel.config().setAutoRead(false);
    later.ask();
  }

  private void retry() {
    int waiting = held.size();
    for (int i = 0; i < waiting && !appender.isOverBound(origin); i++) {
      var batch = held.remove();
      appender.hold(-1);
      send(batch);
    }
    if (!held.isEmpty() && isOrphaned()) {
      giveUp();
    }
    if (!resume() && paused) {
      later.ask();
    }
  }

  private boolean resume() {
    if (paused && held.isEmpty() && inFlight.get() <= LIMIT_BYTES / 2 && !appender.isBusy(origin)) {
      paused = false;
      channel.config().setAutoRead(true);
    }
    return !paused;
  }

  private boolean isOrphaned() {
    if (channel.isActive()) {
      return false;
    }
    orphanedAt = orphanedAt == 0 ? System.nanoTime() : orphanedAt;
    return System.nanoTime() - orphanedAt > ORPHAN_NANOS;
  }

  private void giveUp() {
    for (var batch = held.poll(); batch != null; batch = held.poll()) {
      appender.hold(-1);
      appender.drop(origin, batch.count());
      inFlight.addAndGet(-batch.size());
    }
  }

  private final class Receipt implements EventLog.Acknowledgement {
    private final FrameBatch batch;

    Receipt(FrameBatch batch) {
      this.batch = batch;
    }

    @Override
    public void durable(long firstSequence) {
      if (inFlight.addAndGet(-batch.size()) <= LIMIT_BYTES / 2 && paused) {
        onLoop(Pressure.this::resume);
      }
    }

    @Override
    public void failed(JournalFault fault) {
      appender.hold(1);
      if (!onLoop(() -> keep(batch))) {
        appender.hold(-1);
        appender.drop(origin, batch.count());
      }
    }

    // False once the listeners are down, and the connection with them.
    private boolean onLoop(Runnable task) {
      try {
        channel.eventLoop().execute(task);
        return true;
      } catch (RejectedExecutionException e) {
        return false;
      }
    }
  }
}
