package mo.farol.post;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import mo.farol.wire.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Patience with a slow client: 10 s for the headers from their first byte (from connecting, for the
 * first request), 2 min for a body, 60 s without a request. First in the pipeline; {@link
 * Signal#TOO_SLOW} tells the last.
 */
final class HttpDeadline extends ChannelInboundHandlerAdapter {
  private static final long HEADER_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long BODY_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long TICK_MILLIS = 1000;

  private enum Awaiting {
    REQUEST(IDLE_NANOS),
    HEADERS(HEADER_NANOS),
    BODY(BODY_NANOS),
    US(Long.MAX_VALUE);

    private final long nanos;

    Awaiting(long nanos) {
      this.nanos = nanos;
    }
  }

  private Awaiting awaiting = Awaiting.HEADERS;
  private long since = System.nanoTime();
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
  public void channelActive(ChannelHandlerContext context) {
    tick =
        context
            .executor()
            .scheduleAtFixedRate(
                () -> look(context), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (awaiting == Awaiting.REQUEST) {
      await(Awaiting.HEADERS);
    }
    context.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (tick != null) {
      tick.cancel(false);
    }
    context.fireChannelInactive();
  }

  private void await(Awaiting next) {
    awaiting = next;
    since = System.nanoTime();
  }

  private void look(ChannelHandlerContext context) {
    if (System.nanoTime() - since > awaiting.nanos) {
      boolean mayAnswer = awaiting != Awaiting.REQUEST;
      await(Awaiting.US);
      if (mayAnswer) {
        context.fireUserEventTriggered(Signal.TOO_SLOW);
      } else {
        context.close();
      }
    }
  }
}
