package mo.farol.post;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import mo.farol.wire.Agencies;
import mo.farol.wire.Appender;
import mo.farol.wire.Counts;
import mo.farol.wire.Inlet;
import mo.farol.wire.Peer;
import mo.farol.wire.Signal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: each request is let through the gate, its body handed to its protocol, its frames
 * appended at once, and answered when they are on disk. While an answer is awaited the connection
 * is not read, so requests are answered in order; nor is it while its client reads no answers. Runs
 * on its event loop.
 */
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {
  private static final Logger log = LoggerFactory.getLogger(HttpConnection.class);
  private static final long SMALL_BODY_BYTES = 64 << 10;
  private static final int CHUNK_BYTES = 8 << 10;
  // Each event loop's, so that an idle connection holds none.
  private static final ThreadLocal<byte[]> CHUNK =
      ThreadLocal.withInitial(() -> new byte[CHUNK_BYTES]);

  private final Gate gate;
  private final String known;
  private final HttpDeadline deadline;
  private final Pipelined pipelined;
  private final Delivery delivery;
  private final Agencies agencies;
  private final Counts counts;
  private @Nullable Upload upload;
  // The answer to a request whose body is only read to its end.
  private @Nullable Answer decided;
  // Whether it counts as a connection of its agency.
  private boolean hasPlace;
  private boolean keepAlive = true;
  private boolean inRequest;
  // Whether what comes next waits for an answer to be written.
  private boolean paused;
  private boolean ended;
  // Once the last answer is on its way.
  private @Nullable Linger linger;
  private boolean draining;

  HttpConnection(
      Gate gate,
      String agency,
      HttpDeadline deadline,
      Pipelined pipelined,
      Map<String, Appender> appenders,
      Inlet inlet) {
    this.gate = gate;
    this.known = agency;
    this.deadline = deadline;
    this.pipelined = pipelined;
    this.delivery = new Delivery(appenders, inlet.doubts());
    this.agencies = inlet.agencies();
    this.counts = inlet.counts();
    this.hasPlace = !agency.isEmpty(); // taken when it was let in
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    pipelined.taken(part);
    if (ended) {
      if (linger != null) {
        linger.arrived();
      }
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
    if (linger != null) {
      linger.end();
    }
    dropUpload();
    delivery.abandon();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (!paused && !ended) {
      context.channel().config().setAutoRead(context.channel().isWritable());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Signal.TOO_SLOW && !ended) {
      var slow = upload;
      endWith(
          context, slow == null ? Answer.problem(Refusal.TOO_SLOW) : slow.refuse(Refusal.TOO_SLOW));
    } else if (event == Signal.DRAIN) {
      draining = true;
      if (linger != null) {
        linger.hurry();
      } else if (!inRequest) {
        context.close();
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("an HTTP input connection broke: {}", cause.toString());
    context.close();
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    inRequest = true;
    keepAlive = HttpUtil.isKeepAlive(request);
    deadline.headersRead();
    switch (gate.judge(request, known, Peer.of(context.channel().remoteAddress()))) {
      case Gate.Verdict.Admitted(Upload admitted) -> {
        upload = admitted;
        if (!enters(context, admitted)) {
          endWith(context, admitted.refuse(Refusal.CONNECTIONS));
        } else if (HttpUtil.is100ContinueExpected(request)) {
          context.writeAndFlush(
              new DefaultFullHttpResponse(
                  HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
      }
      case Gate.Verdict.Answered(Answer answer) -> decide(context, request, answer);
    }
  }

  private boolean enters(ChannelHandlerContext context, Upload admitted) {
    String agency = admitted.call().agency();
    if (!hasPlace && !agency.isEmpty()) {
      hasPlace = agencies.enter(context.channel(), agency);
    }
    return hasPlace || agency.isEmpty();
  }

  // A small body is read to its end and the connection kept; a large one isn't worth the reading.
  private void decide(ChannelHandlerContext context, HttpRequest request, Answer answer) {
    boolean small =
        !HttpUtil.isTransferEncodingChunked(request)
            && Calls.length(request) <= SMALL_BODY_BYTES
            && !HttpUtil.is100ContinueExpected(request);
    if (small && request.decoderResult().isSuccess()) {
      decided = answer;
    } else {
      endWith(context, answer);
    }
  }

  private void take(ChannelHandlerContext context, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      var why = Refusal.brokenBody("The body's chunks are not as HTTP has them.");
      endWith(context, upload == null ? Answer.problem(why) : upload.refuse(why));
      return;
    }
    boolean last = content instanceof LastHttpContent;
    if (upload != null) {
      receive(context, upload, content, last);
    } else if (last && decided != null) {
      answer(context, decided);
    }
  }

  private void receive(
      ChannelHandlerContext context, Upload into, HttpContent content, boolean last) {
    var why = into.take(content.content(), CHUNK.get());
    if (why != null) {
      endWith(context, into.refuse(why));
    } else if (last) {
      deadline.requestRead();
      var ending = into.end();
      if (!(ending instanceof Ending.Keep keep && keep.kept().hasMore())) {
        dropUpload(); // first, for the answer may let the next request in
      }
      finish(context, into, ending);
    }
  }

  private void finish(ChannelHandlerContext context, Upload whole, Ending ending) {
    switch (ending) {
      case Ending.Done(Answer answer) -> answer(context, whole.dress(answer));
      case Ending.Refused(Refusal why) -> answer(context, whole.refuse(why));
      case Ending.Wait(var other) -> {
        pause(context);
        other.whenComplete(
            (answer, failure) ->
                later(
                    context,
                    () -> answer(context, failure == null ? answer : whole.refuse(Refusal.BUSY))));
      }
      case Ending.Keep keep -> {
        pause(context);
        delivery.keep(whole, keep, task -> later(context, task), answer -> answer(context, answer));
      }
    }
  }

  private void pause(ChannelHandlerContext context) {
    paused = true;
    context.channel().config().setAutoRead(false);
  }

  private static void later(ChannelHandlerContext context, Runnable task) {
    try {
      context.executor().execute(task);
    } catch (RejectedExecutionException e) {
      // the listeners are down: the client gets no answer and sends again
    }
  }

  private void answer(ChannelHandlerContext context, Answer answer) {
    delivery.answered();
    dropUpload();
    if (ended) {
      return; // the client went away
    }
    if (!keepAlive || draining) {
      endWith(context, answer);
      return;
    }
    count(answer);
    decided = null;
    inRequest = false;
    deadline.answered();
    paused = true; // writing may change writability at once
    context.writeAndFlush(answer.response(false));
    paused = false;
    context.channel().config().setAutoRead(context.channel().isWritable());
  }

  // Half-closes and throws away what still comes, so that the answer is not lost in a reset.
  private void endWith(ChannelHandlerContext context, Answer answer) {
    count(answer);
    ended = true;
    dropUpload();
    deadline.requestRead();
    context.channel().config().setAutoRead(true);
    var last = Linger.after(context, context.writeAndFlush(answer.response(true)));
    if (draining) {
      last.hurry();
    }
    linger = last;
  }

  private void count(Answer answer) {
    if (!answer.reason().isEmpty()) {
      counts.refused(answer.reason(), 1);
    }
  }

  private void dropUpload() {
    if (upload != null) {
      upload.close();
      upload = null;
    }
  }
}
