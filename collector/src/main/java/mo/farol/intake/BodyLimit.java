package mo.farol.intake;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Before anything is inflated: counts a body's bytes as sent, and gives a client ten seconds to
 * send its headers.
 */
final class BodyLimit extends ChannelInboundHandlerAdapter {
  private static final long HEADER_SECONDS = 10;
  private final long limit;
  private long body;
  private @Nullable ScheduledFuture<?> deadline;

  BodyLimit(long limit) {
    this.limit = limit;
  }

  /** Bytes of the latest body as they came over the wire. */
  long body() {
    return body;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    deadline = context.executor().schedule(() -> context.close(), HEADER_SECONDS, TimeUnit.SECONDS);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      body = 0;
      if (deadline != null) {
        deadline.cancel(false);
        deadline = null;
      }
    }
    if (message instanceof HttpContent content) {
      body += content.content().readableBytes();
      if (body > limit) {
        ReferenceCountUtil.release(message);
        Answer.problem(
                413,
                "Too much in one request",
                "Send at most %d MiB at once.".formatted(limit >> 20))
            .closing()
            .write(context);
        return;
      }
    }
    context.fireChannelRead(message);
  }
}
