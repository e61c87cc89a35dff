package mo.farol.wire;

import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;

/** Ends a channel at close-down, once nothing more arrives on it. Belongs to its event loop. */
public final class Drain {
  private static final long QUIET_MILLIS = 50;
  private boolean begun;
  private boolean arrived;

  /** Something arrived. */
  public void touch() {
    arrived = true;
  }

  public void begin(ChannelHandlerContext context) {
    if (!begun) {
      begun = true;
      next(context);
    }
  }

  private void next(ChannelHandlerContext context) {
    arrived = false;
    context.executor().schedule(() -> look(context), QUIET_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look(ChannelHandlerContext context) {
    if (arrived || !context.channel().config().isAutoRead()) {
      next(context);
    } else {
      context.close();
    }
  }
}
