package mo.farol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection whose sender is never answered: what arrives is cut into frames and appended in
 * batches. It ends when too much of it is too long. Runs on its event loop.
 */
public final class StreamConnection extends ChannelInboundHandlerAdapter implements FrameSink {
  private static final Logger log = LoggerFactory.getLogger(StreamConnection.class);
  private static final long QUIET_MILLIS = 200;

  private final Channel channel;
  private final Origin origin;
  private final Cutter cutter;
  private final Supplier<Workbench> benches;
  private final Appender appender;
  private final Counts counts;
  private final Pressure pressure;
  private final Unfinished unfinished;
  private final Drain drain = new Drain();
  private final Excess excess = new Excess();
  private @Nullable ScheduledFuture<?> patience;
  private boolean arrived;
  // Whether a frame ended in the read at hand.
  private boolean ended;
  private boolean isTooMuch;
  private boolean isBroken;

  /**
   * @param benches lend at least what waits in the cutter and as much again
   */
  public StreamConnection(
      Channel channel, Origin origin, Cutter cutter, Supplier<Workbench> benches, Inlet inlet) {
    this.channel = channel;
    this.origin = origin;
    this.cutter = cutter;
    this.benches = benches;
    this.appender = inlet.appender(origin.input());
    this.counts = inlet.counts();
    this.pressure = new Pressure(channel, origin, appender);
    this.unfinished = new Unfinished(channel, origin.agency(), inlet);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    arrived = true;
    ended = false;
    drain.touch();
    var buffer = (ByteBuf) message;
    byte[] scratch = benches.get().scratch;
    try {
      while (buffer.isReadable() && !isTooMuch) {
        int kept = cutter.restore(scratch);
        int more = Math.min(buffer.readableBytes(), scratch.length - kept);
        buffer.readBytes(scratch, kept, more);
        cutter.cut(scratch, kept + more, this);
        isTooMuch |= cutter.unfinished() > Excess.MOST_BYTES;
      }
    } finally {
      buffer.release();
      flush();
    }
    if (isTooMuch && context.channel().isOpen()) {
      refuse(context);
    } else {
      waitForRest(context);
      lookAtUnfinished();
    }
  }

  @Override
  public void frame(byte[] bytes, int from, int to, byte mark) {
    ended = true;
    var frames = benches.get().frames;
    frames.add(bytes, from, to, mark);
    isTooMuch |= (mark & FrameBatch.TRUNCATED) != 0 && excess.isTooMany(now());
    if (Appender.isFull(frames)) {
      flush();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (patience != null) {
      patience.cancel(false);
    }
    if (cutter.end(this, isBroken) || isBroken) {
      counts.broken(origin.input());
    }
    flush();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Signal.DRAIN) {
      drain.begin(context);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    isBroken = true;
    log.debug(
        "a connection of {} from {} to {} broke: {}",
        origin.agency(),
        origin.peer(),
        origin.input(),
        cause.toString());
    context.close();
  }

  private void flush() {
    var frames = benches.get().frames;
    if (frames.count() > 0) {
      pressure.append(appender.batch(frames, origin));
    }
    cutter.tell(counts);
  }

  // The event loop's clock, by which its timers go.
  private long now() {
    return channel.eventLoop().ticker().nanoTime();
  }

  private void refuse(ChannelHandlerContext context) {
    counts.refused("oversize", 1);
    log.debug("{} from {} sends too much that is too long", origin.agency(), origin.peer());
    context.close();
  }

  private void waitForRest(ChannelHandlerContext context) {
    if (patience == null && cutter.isUndecided()) {
      arrived = false;
      patience =
          context
              .executor()
              .schedule(() -> lookForEnd(context), QUIET_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void lookForEnd(ChannelHandlerContext context) {
    patience = null;
    ended = false;
    if (arrived) {
      cutter.unglue(this);
    } else {
      cutter.quiet(this);
    }
    flush();
    waitForRest(context);
    lookAtUnfinished();
  }

  private void lookAtUnfinished() {
    unfinished.look(cutter.unfinished() > 0, ended, cutter.held());
  }
}
