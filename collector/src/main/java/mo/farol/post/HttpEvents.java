package mo.farol.post;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import mo.farol.event.Origin;
import mo.farol.wire.Appender;
import mo.farol.wire.Counts;
import mo.farol.wire.Gunzip;
import mo.farol.wire.Peer;
import mo.farol.wire.Signal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/events}: 200 only once every event is on disk. The token decides the agency.
 * While an answer is awaited the connection is not read, so requests are answered in order. Runs on
 * its event loop.
 */
final class HttpEvents extends SimpleChannelInboundHandler<HttpObject> {
  private static final Logger log = LoggerFactory.getLogger(HttpEvents.class);
  private static final long SMALL_BODY_BYTES = 64 << 10;
  private static final long LINGER_SECONDS = 2;

  private final Gate gate;
  private final String known;
  private final HttpDeadline deadline;
  private final Appender appender;
  private final Counts counts;
  private final int frameLimit;
  private @Nullable Delivery delivery;
  // The answer to a request whose body is only read to its end.
  private @Nullable Answer refusal;
  private boolean keepAlive = true;
  private boolean inRequest;
  private boolean ended;
  private boolean draining;

  HttpEvents(
      Gate gate,
      String agency,
      HttpDeadline deadline,
      Appender appender,
      Counts counts,
      int frameLimit) {
    this.gate = gate;
    this.known = agency;
    this.deadline = deadline;
    this.appender = appender;
    this.counts = counts;
    this.frameLimit = frameLimit;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (ended) {
      return; // answered and closing: what still comes is thrown away
    }
    if (part instanceof HttpRequest request) {
      begin(context, request);
    }
    if (!ended && part instanceof HttpContent content) {
      take(context, content);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ended = true;
    dropDelivery();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Signal.TOO_SLOW && !ended) {
      endWith(context, Answer.tooSlow());
    } else if (event == Signal.DRAIN) {
      draining = true;
      if (!inRequest) {
        context.close();
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.info("an HTTP input connection broke: {}", cause.toString());
    context.close();
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    inRequest = true;
    keepAlive = HttpUtil.isKeepAlive(request);
    deadline.headersRead();
    switch (gate.judge(request, Peer.of(context.channel().remoteAddress()), known)) {
      case Gate.Verdict.Admitted(Origin origin, boolean gzip) -> {
        delivery = new Delivery(origin, gzip, frameLimit, appender);
        if (HttpUtil.is100ContinueExpected(request)) {
          context.writeAndFlush(
              new DefaultFullHttpResponse(
                  HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
      }
      case Gate.Verdict.Refused(Answer answer) -> refuse(context, request, answer);
    }
  }

  // A small body is read to its end and the connection kept; a large one isn't worth the reading.
  private void refuse(ChannelHandlerContext context, HttpRequest request, Answer answer) {
    boolean small =
        !HttpUtil.isTransferEncodingChunked(request)
            && HttpUtil.getContentLength(request, 0L) <= SMALL_BODY_BYTES
            && !HttpUtil.is100ContinueExpected(request);
    if (small && request.decoderResult().isSuccess()) {
      refusal = answer;
    } else {
      endWith(context, answer);
    }
  }

  private void take(ChannelHandlerContext context, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      endWith(context, Answer.brokenBody("The body's chunks are not as HTTP has them."));
      return;
    }
    boolean last = content instanceof LastHttpContent;
    if (delivery != null) {
      receive(context, delivery, content, last);
    } else if (last && refusal != null) {
      answer(context, refusal);
    }
  }

  private void receive(
      ChannelHandlerContext context, Delivery into, HttpContent content, boolean last) {
    try {
      if (into.take(content.content()) > Gate.BODY_BYTES) {
        endWith(context, Gate.bodyTooLarge());
      } else if (last) {
        append(context, into, into.end());
      }
    } catch (Gunzip.Broken e) {
      String why = String.valueOf(e.getMessage());
      endWith(context, e.tooMuch ? Answer.tooLarge(why) : Answer.brokenBody(why));
    }
  }

  private void append(ChannelHandlerContext context, Delivery whole, long frames) {
    deadline.requestRead();
    dropDelivery();
    if (frames == 0) {
      answer(context, Answer.accepted(0));
      return;
    }
    context.channel().config().setAutoRead(false);
    whole.append(durable -> later(context, durable ? Answer.accepted(frames) : Answer.busy()));
  }

  private void later(ChannelHandlerContext context, Answer answer) {
    try {
      context.executor().execute(() -> answer(context, answer));
    } catch (RejectedExecutionException e) {
      // the listeners are down: the client gets no answer and sends again
    }
  }

  private void answer(ChannelHandlerContext context, Answer answer) {
    if (!keepAlive || draining) {
      endWith(context, answer);
      return;
    }
    count(answer);
    refusal = null;
    inRequest = false;
    deadline.answered();
    context.writeAndFlush(answer.response(false));
    context.channel().config().setAutoRead(true);
  }

  // Half-closes and throws away what still comes, so that the answer is not lost in a reset.
  private void endWith(ChannelHandlerContext context, Answer answer) {
    count(answer);
    ended = true;
    dropDelivery();
    deadline.requestRead();
    context.channel().config().setAutoRead(true);
    context
        .writeAndFlush(answer.response(true))
        .addListener(
            (ChannelFutureListener) sent -> ((DuplexChannel) sent.channel()).shutdownOutput());
    context.executor().schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
  }

  private void count(Answer answer) {
    if (answer.isRefusal()) {
      counts.refused(answer.reason(), 1);
    }
  }

  private void dropDelivery() {
    if (delivery != null) {
      delivery.close();
      delivery = null;
    }
  }
}
