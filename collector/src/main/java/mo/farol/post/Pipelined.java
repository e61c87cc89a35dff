package mo.farol.post;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import mo.farol.wire.Counts;

/**
 * Bounds what waits of one connection while requests before it are not answered: of one read
 * thousands of tiny requests, of tiny chunks, or of headers, can come. Who sends more is cut off.
 * Stands between the decoder and what holds its messages back; belongs to the event loop.
 */
final class Pipelined extends ChannelInboundHandlerAdapter {
  // Below what Netty's codec puts up with, which ends a connection without a word.
  static final int MOST_REQUESTS = 100;
  private static final int MOST_PARTS = 1024;

  /** Headers and trailers of all that waits; ten a request are usual. */
  private static final int MOST_HEADERS = 2048;

  private final Counts counts;
  private int requests;
  private int parts;
  private int headers;
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
    headers += headersOf(message);
    if (requests > MOST_REQUESTS || parts > MOST_PARTS || headers > MOST_HEADERS) {
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
    headers -= headersOf(message);
  }

  private static int headersOf(Object message) {
    return switch (message) {
      case HttpMessage head -> head.headers().size();
      case LastHttpContent end -> end.trailingHeaders().size();
      default -> 0;
    };
  }
}
