package mo.farol.wire;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import mo.farol.event.FrameBatch;
import org.jspecify.annotations.Nullable;

/**
 * Frames of one connection that were answered a moment ago: if it breaks now their answers may be
 * lost. Not more are remembered than a sender may have under way. Belongs to the event loop.
 */
final class Told {
  // Answers that a sender may have under way; RELP's usual window is 128.
  private static final int WINDOW_FRAMES = 256;
  private static final long WINDOW_BYTES = 256 << 10;
  private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private record Batch(FrameBatch frames, long atNanos) {}

  private final Channel channel;
  private final Appender appender;
  private final ArrayDeque<Batch> batches = new ArrayDeque<>();
  private long frames;
  private long bytes;
  private @Nullable ScheduledFuture<?> forgetting;

  Told(Channel channel, Appender appender) {
    this.channel = channel;
    this.appender = appender;
  }

  /** Bytes that are remembered. */
  long bytes() {
    return bytes;
  }

  /** An answer to these frames was written. */
  void add(FrameBatch batch) {
    if (batch.count() == 0 || !channel.isActive()) {
      return;
    }
    batches.add(new Batch(batch, now()));
    frames += batch.count();
    bytes += batch.size();
    while (batches.size() > 1 && isMoreThanWindow(batches.element().frames)) {
      forgetOldest();
    }
    if (forgetting == null) {
      forgetLater(LOST_NANOS);
    }
  }

  /** Those whose answers may be lost may come again. */
  void doubt() {
    long now = now();
    batches.stream()
        .filter(batch -> now - batch.atNanos < LOST_NANOS)
        .forEach(batch -> appender.doubt(batch.frames));
  }

  /** Remembers nothing any more. */
  void forget() {
    batches.clear();
    frames = 0;
    bytes = 0;
    if (forgetting != null) {
      forgetting.cancel(false);
      forgetting = null;
    }
  }

  // Whether what came after the oldest fills a window by itself.
  private boolean isMoreThanWindow(FrameBatch oldest) {
    return frames - oldest.count() >= WINDOW_FRAMES || bytes - oldest.size() >= WINDOW_BYTES;
  }

  private void forgetOldest() {
    var oldest = batches.remove().frames;
    frames -= oldest.count();
    bytes -= oldest.size();
  }

  private void forgetLater(long afterNanos) {
    forgetting = channel.eventLoop().schedule(this::forgetOld, afterNanos, TimeUnit.NANOSECONDS);
  }

  private void forgetOld() {
    forgetting = null;
    long now = now();
    while (!batches.isEmpty() && now - batches.element().atNanos >= LOST_NANOS) {
      forgetOldest();
    }
    if (!batches.isEmpty()) {
      forgetLater(batches.element().atNanos + LOST_NANOS - now);
    }
  }

  // The event loop's clock, by which its timers go.
  private long now() {
    return channel.eventLoop().ticker().nanoTime();
  }
}
