package mo.farol.wire;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a connection holds of a frame that has begun and not ended: the frame has two minutes, in
 * which we read, and its memory is bounded with that of all others. A connection with nothing begun
 * may be quiet for ever. Belongs to its event loop.
 */
public final class Unfinished {
  /** Time in which a frame that has begun must end, in nanoseconds. */
  static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(2);

  // What is held changes with every read; what is taken for it seldom does.
  private static final long STEP_BYTES = 16 << 10;

  private final Channel channel;
  private final String agency;
  private final Budget budget;
  private final Counts counts;
  private @Nullable ScheduledFuture<?> timer;
  private long taken;
  private boolean isPending;
  private long begunNanos;

  public Unfinished(Channel channel, String agency, Inlet inlet) {
    this.channel = channel;
    this.agency = agency;
    this.budget = inlet.budget();
    this.counts = inlet.counts();
    channel.closeFuture().addListener(_ -> release());
  }

  /**
   * To be told after every read.
   *
   * @param pending whether a frame has begun and not ended
   * @param ended whether a frame ended in this read: then another one is pending
   * @param heldBytes memory held for it
   */
  public void look(boolean pending, boolean ended, long heldBytes) {
    if (!channel.isOpen()) {
      return;
    }
    if (pending && (ended || !isPending)) {
      begunNanos = now();
    }
    isPending = pending;
    if (pending && timer == null) {
      lookLater(MOST_NANOS);
    }
    if (!take(heldBytes)) {
      refuse("memory");
    }
  }

  private boolean take(long heldBytes) {
    long wanted = heldBytes / STEP_BYTES * STEP_BYTES;
    if (wanted < taken) {
      budget.give(agency, taken - wanted);
    } else if (wanted > taken && !budget.take(agency, wanted - taken)) {
      return false;
    }
    taken = wanted;
    return true;
  }

  private void lookLater(long afterNanos) {
    timer = channel.eventLoop().schedule(this::lookAtTime, afterNanos, TimeUnit.NANOSECONDS);
  }

  private void lookAtTime() {
    timer = null;
    if (!isPending) {
      return;
    }
    if (!channel.config().isAutoRead()) {
      begunNanos = now(); // we are the slow ones
    }
    long left = begunNanos + MOST_NANOS - now();
    if (left > 0) {
      lookLater(left);
    } else {
      refuse("unfinished");
    }
  }

  private void refuse(String reason) {
    counts.refused(reason, 1);
    channel.close();
  }

  private void release() {
    isPending = false;
    if (timer != null) {
      timer.cancel(false);
    }
    budget.give(agency, taken);
    taken = 0;
  }

  // The event loop's clock, by which its timers go.
  private long now() {
    return channel.eventLoop().ticker().nanoTime();
  }
}
