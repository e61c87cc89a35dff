package mo.farol.syslog;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import mo.farol.event.Origin;
import mo.farol.wire.Appender;
import mo.farol.wire.Counts;
import mo.farol.wire.Drain;
import mo.farol.wire.FrameSink;
import mo.farol.wire.Inlet;
import mo.farol.wire.Peer;
import mo.farol.wire.Pressure;
import mo.farol.wire.Signal;
import mo.farol.wire.Workbench;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One syslog connection: frames what arrives and appends it in batches. Runs on its event loop. */
final class SyslogTcp extends ChannelInboundHandlerAdapter implements FrameSink {
  private static final Logger log = LoggerFactory.getLogger(SyslogTcp.class);
  private static final long QUIET_MILLIS = 200;

  private final Origin origin;
  private final boolean guess;
  private final Supplier<Workbench> benches;
  private final Appender appender;
  private final Counts counts;
  private final Pressure pressure;
  private final Framer framer;
  private final Drain drain = new Drain();
  private @Nullable ScheduledFuture<?> patience;
  private boolean arrived;
  private long badCounts;

  SyslogTcp(
      Channel channel,
      String agency,
      String input,
      boolean guess,
      Supplier<Workbench> benches,
      Inlet inlet) {
    this.origin = Origin.live(agency, input, Peer.of(channel.remoteAddress()));
    this.guess = guess;
    this.benches = benches;
    this.appender = inlet.appender(input);
    this.counts = inlet.counts();
    this.pressure = new Pressure(channel, origin, appender);
    this.framer = new Framer(inlet.frameLimit(), guess);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    arrived = true;
    drain.touch();
    var buffer = (ByteBuf) message;
    byte[] scratch = benches.get().scratch;
    try {
      while (buffer.isReadable()) {
        int kept = framer.restore(scratch);
        int more = Math.min(buffer.readableBytes(), scratch.length - kept);
        buffer.readBytes(scratch, kept, more);
        framer.cut(scratch, kept + more, this);
      }
    } finally {
      buffer.release();
      flush();
    }
    waitForRest(context);
  }

  @Override
  public void frame(byte[] bytes, int from, int to, byte mark) {
    var frames = benches.get().frames;
    frames.add(bytes, from, to, mark);
    if (Appender.isFull(frames)) {
      flush();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (patience != null) {
      patience.cancel(false);
    }
    framer.end(this);
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
    log.debug("a syslog connection of {} from {} broke: {}", origin.agency(), origin.peer(), cause);
    context.close();
  }

  private void flush() {
    var frames = benches.get().frames;
    if (frames.count() > 0) {
      pressure.append(appender.batch(frames, origin));
    }
    if (framer.badCounts() > badCounts) {
      counts.refused("octet-count", framer.badCounts() - badCounts);
      badCounts = framer.badCounts();
    }
  }

  private void waitForRest(ChannelHandlerContext context) {
    if (guess && patience == null && framer.isWaitingUndecided()) {
      arrived = false;
      patience =
          context
              .executor()
              .schedule(() -> lookForEnd(context), QUIET_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void lookForEnd(ChannelHandlerContext context) {
    patience = null;
    if (arrived) {
      framer.unglue(this);
    } else {
      framer.quiet(this);
    }
    flush();
    waitForRest(context);
  }
}
