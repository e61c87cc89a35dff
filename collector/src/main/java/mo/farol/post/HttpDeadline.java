package mo.farol.post;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import mo.farol.wire.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Patience with a slow client: 10 s for the headers from their first byte (from connecting, for the
 * first request), 60 s without a request; a body may take as long as it comes with 1 KiB/s or more,
 * averaged over 30 s: less is a client that holds a connection rather than one on a slow line. For
 * one that does not read its answers 30 s without progress, 2 min in all. First in the pipeline;
 * {@link Signal#TOO_SLOW} tells the last. Time runs from joining an open connection, for the front
 * door lets clients in late.
 */
final class HttpDeadline extends ChannelInboundHandlerAdapter {
  private static final int HEADER_SECONDS = 10;
  // Within each of these a body must bring so many bytes, or end.
  private static final int BODY_SECONDS = 30;
  private static final int BODY_BYTES = BODY_SECONDS << 10;
  private static final int IDLE_SECONDS = 60;
  private static final int STUCK_SECONDS = 30;
  private static final int UNREAD_SECONDS = 120;

  private enum Awaiting {
    REQUEST(IDLE_SECONDS),
    HEADERS(HEADER_SECONDS),
    BODY(BODY_SECONDS),
    US(Integer.MAX_VALUE);

    private final int seconds;

    Awaiting(int seconds) {
      this.seconds = seconds;
    }
  }

  private Awaiting awaiting = Awaiting.HEADERS;
  // Seconds in which the event loop looked.
  private int waited;
  // Bytes in them.
  private long brought;
  private int unread;
  private int stuck;
  private long stuckAt;
  private @Nullable ScheduledFuture<?> tick;

  /** The headers are here. */
  void headersRead() {
    await(Awaiting.BODY);
  }

  /** All of the request is here: now we are the slow ones. */
  void requestRead() {
    await(Awaiting.US);
  }

  /** The answer is out. */
  void answered() {
    await(Awaiting.REQUEST);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (context.channel().isActive()) {
      start(context);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    start(context);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (awaiting == Awaiting.REQUEST) {
      await(Awaiting.HEADERS);
    }
    brought += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    context.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stop();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    stop();
  }

  private void start(ChannelHandlerContext context) {
    if (tick == null) {
      tick = context.executor().scheduleWithFixedDelay(() -> look(context), 1, 1, TimeUnit.SECONDS);
    }
  }

  private void stop() {
    if (tick != null) {
      tick.cancel(false);
    }
  }

  private void await(Awaiting next) {
    awaiting = next;
    waited = 0;
    brought = 0;
  }

  private void look(ChannelHandlerContext context) {
    if (isUnread(context.channel())) {
      context.close();
    } else if (awaiting == Awaiting.BODY && isOnItsWay(context.channel())) {
      await(Awaiting.BODY);
    } else if (waited++ >= awaiting.seconds) {
      boolean mayAnswer = awaiting != Awaiting.REQUEST;
      await(Awaiting.US);
      if (mayAnswer) {
        context.fireUserEventTriggered(Signal.TOO_SLOW);
      } else {
        context.close();
      }
    }
  }

  // While we do not read, nothing can come.
  private boolean isOnItsWay(Channel channel) {
    return !channel.config().isAutoRead() || waited >= BODY_SECONDS && brought >= BODY_BYTES;
  }

  // A client too slow for its answers, or one that reads none of them.
  private boolean isUnread(Channel channel) {
    if (channel.isWritable()) {
      unread = 0;
      stuck = 0;
      return false;
    }
    long at = progress(channel);
    stuck = at == stuckAt ? stuck + 1 : 0;
    stuckAt = at;
    return ++unread > UNREAD_SECONDS || stuck > STUCK_SECONDS;
  }

  // What changes with every byte that leaves.
  private static long progress(Channel channel) {
    var out = channel.unsafe().outboundBuffer();
    return out == null ? 0 : out.totalPendingWriteBytes() - out.currentProgress();
  }
}
