package mo.farol.post;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection after its last answer. Once that is written, which may take two minutes,
 * our side is closed, and what still comes is read and thrown away until nothing has come for two
 * seconds, for a minute at most: a client that writes all of its body first would lose the answer
 * in a reset (RFC 9112 section 9.6). Belongs to the event loop.
 */
final class Linger {
  private static final int UNWRITTEN_SECONDS = 120;
  private static final int QUIET_SECONDS = 2;
  private static final int MOST_SECONDS = 60;

  private final ChannelHandlerContext context;
  private @Nullable Future<?> next;
  private boolean arrived;
  private int lingered;

  private Linger(ChannelHandlerContext context) {
    this.context = context;
  }

  /**
   * @param written the last answer
   */
  static Linger after(ChannelHandlerContext context, ChannelFuture written) {
    var linger = new Linger(context);
    linger.later(linger::close, UNWRITTEN_SECONDS);
    written.addListener((ChannelFutureListener) _ -> linger.begin());
    return linger;
  }

  /** More came and was thrown away. */
  void arrived() {
    arrived = true;
  }

  /** The listeners are closing: nothing is waited for that need not be. */
  void hurry() {
    lingered = MOST_SECONDS;
  }

  /** The connection is gone. */
  void end() {
    if (next != null) {
      next.cancel(false);
    }
  }

  private void begin() {
    if (context.channel() instanceof DuplexChannel duplex) {
      duplex.shutdownOutput();
    }
    if (context.channel().isActive()) {
      lookLater();
    }
  }

  private void lookLater() {
    arrived = false;
    later(this::look, QUIET_SECONDS);
  }

  private void later(Runnable task, int seconds) {
    end();
    next = context.executor().schedule(task, seconds, TimeUnit.SECONDS);
  }

  private void look() {
    lingered += QUIET_SECONDS;
    if (arrived && lingered < MOST_SECONDS) {
      lookLater();
    } else {
      close();
    }
  }

  private void close() {
    context.close();
  }
}
