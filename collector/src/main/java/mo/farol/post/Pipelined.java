package mo.farol.post;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import mo.farol.wire.Counts;

/**
 * Bounds what waits of one connection while requests before it are not answered: of one read
 * thousands of tiny requests, or of tiny chunks, can come. Who sends more is cut off. Stands
 * between the decoder and what holds its messages back; belongs to the event loop.
 */
final class Pipelined extends ChannelInboundHandlerAdapter {
  // Below what Netty's codec puts up with, which ends a connection without a word.
  static final int MOST_REQUESTS = 100;
  private static final int MOST_PARTS = 1024;

  private final Counts counts;
  private int requests;
  private int parts;
  private boolean over;

  Pipelined(Counts counts) {
    this.counts = counts;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (over) {
      ReferenceCountUtil.release(message);
      return;
    }
    parts++;
    requests += message instanceof HttpRequest ? 1 : 0;
    if (requests > MOST_REQUESTS || parts > MOST_PARTS) {
      over = true;
      ReferenceCountUtil.release(message);
      counts.refused("pipelined", 1);
      context.close();
      return;
    }
    context.fireChannelRead(message);
  }

  /** A part of a request is looked at: it waits no longer. */
  void taken(Object message) {
    parts--;
    requests -= message instanceof HttpRequest ? 1 : 0;
  }
}
