package mo.farol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/**
 * Stands before the TLS handler while a handshake is under way, which other threads work on: the
 * end of a client that spoke and left waits until it was heard, and who sends on before is not read
 * for long. Runs on the event loop.
 */
final class HandshakeGuard extends ChannelInboundHandlerAdapter {
  // More than any handshake of ours: what is beyond it can wait.
  private static final long MOST_BYTES = 128 << 10;

  private long bytes;
  private boolean left;

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    bytes += ((ByteBuf) message).readableBytes();
    if (bytes > MOST_BYTES) {
      context.channel().config().setAutoRead(false);
    }
    context.fireChannelRead(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      left = true;
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    var channel = context.channel();
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    if (bytes > MOST_BYTES) {
      channel.config().setAutoRead(true);
    }
    if (left) {
      channel.eventLoop().execute(channel::close); // what it said is handed on before
    }
  }
}
