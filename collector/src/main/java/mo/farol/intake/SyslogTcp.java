package mo.farol.intake;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One syslog connection: frames what arrives, appends it in batches, stops reading while too much
 * is not yet durable.
 */
final class SyslogTcp extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(SyslogTcp.class);
  private static final int BATCH_FRAMES = 1_000;
  private static final int BATCH_BYTES = 256 << 10;
  private static final long IN_FLIGHT_BYTES = 4 << 20;
  private static final long QUIET_MILLIS = 200;
  private static final long RETRY_MILLIS = 20;

  private final String agency;
  private final Appender appender;
  private final FrameBatch.Builder frames = new FrameBatch.Builder();
  private final Framer framer;
  private final byte[] chunk = new byte[32 << 10];
  private Origin origin;
  private long inFlight;
  private long truncated;
  private long guessed;
  private @Nullable ScheduledFuture<?> quiet;

  SyslogTcp(String agency, int frameLimit, Appender appender) {
    this.agency = agency;
    this.appender = appender;
    this.framer = new Framer(frameLimit, frames);
    this.origin = Origin.live(agency, "syslog.tcp", "");
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (context.channel().remoteAddress() instanceof InetSocketAddress peer) {
      origin = Origin.live(agency, "syslog.tcp", peer.getAddress().getHostAddress());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var buffer = (ByteBuf) message;
    try {
      while (buffer.isReadable()) {
        int n = Math.min(buffer.readableBytes(), chunk.length);
        buffer.readBytes(chunk, 0, n);
        framer.take(chunk, 0, n);
        if (frames.count() >= BATCH_FRAMES || frames.size() >= BATCH_BYTES) {
          flush(context);
        }
      }
    } finally {
      buffer.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    flush(context);
    waitForQuiet(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    framer.end();
    flush(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.info(
        "a syslog connection of {} from {} ended: {}", agency, origin.peer(), cause.toString());
    context.close();
  }

  private void flush(ChannelHandlerContext context) {
    count();
    int bytes = appender.append(frames, origin, new Done(context));
    inFlight += bytes;
    if (inFlight > IN_FLIGHT_BYTES || appender.isBusy()) {
      context.channel().config().setAutoRead(false);
      context.executor().schedule(() -> resume(context), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void resume(ChannelHandlerContext context) {
    if (context.channel().config().isAutoRead() || !context.channel().isActive()) {
      return;
    }
    if (inFlight <= IN_FLIGHT_BYTES / 2 && !appender.isBusy()) {
      context.channel().config().setAutoRead(true);
    } else {
      context.executor().schedule(() -> resume(context), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void count() {
    if (framer.truncated() > truncated) {
      appender.truncate(framer.truncated() - truncated);
      truncated = framer.truncated();
    }
    if (framer.guessed() > guessed) {
      appender.guess(framer.guessed() - guessed);
      guessed = framer.guessed();
    }
  }

  private void waitForQuiet(ChannelHandlerContext context) {
    if (quiet != null) {
      quiet.cancel(false);
      quiet = null;
    }
    if (framer.waiting() > 0) {
      quiet =
          context
              .executor()
              .schedule(
                  () -> {
                    framer.quiet();
                    flush(context);
                  },
                  QUIET_MILLIS,
                  TimeUnit.MILLISECONDS);
    }
  }

  // Plain syslog has no answer to the sender: an acknowledgement only makes room, a failure is
  // counted as dropped.
  private final class Done implements EventLog.Acknowledgement {
    private final ChannelHandlerContext context;
    private final int bytes = frames.size();
    private final int count = frames.count();

    private Done(ChannelHandlerContext context) {
      this.context = context;
    }

    @Override
    public void durable(long firstSequence) {
      context.executor().execute(() -> settled(bytes));
    }

    @Override
    public void failed(JournalFault fault) {
      appender.drop(count);
      context.executor().execute(() -> settled(bytes));
    }

    private void settled(int bytes) {
      inFlight -= bytes;
      resume(context);
    }
  }
}
