package mo.farol.post;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
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
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;
import mo.farol.wire.Agencies;
import mo.farol.wire.Appender;
import mo.farol.wire.Counts;
import mo.farol.wire.Doubts;
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
  private static final long LINGER_SECONDS = 2;
  private static final int CHUNK_BYTES = 8 << 10;
  // Each event loop's, so that an idle connection holds none.
  private static final ThreadLocal<byte[]> CHUNK =
      ThreadLocal.withInitial(() -> new byte[CHUNK_BYTES]);

  private final Gate gate;
  private final String known;
  private final HttpDeadline deadline;
  private final Map<String, Appender> appenders;
  private final Agencies agencies;
  private final Counts counts;
  private final Doubts doubts;
  private @Nullable Upload upload;
  // What is on its way to the log and not answered.
  private @Nullable FrameBatch unanswered;
  private @Nullable FrameBatch doubted;
  // The answer to a request whose body is only read to its end.
  private @Nullable Answer decided;
  // Whether it counts as a connection of its agency.
  private boolean hasPlace;
  private boolean keepAlive = true;
  private boolean inRequest;
  // Whether what comes next waits for an answer to be written.
  private boolean paused;
  private boolean ended;
  private boolean draining;

  HttpConnection(
      Gate gate,
      String agency,
      HttpDeadline deadline,
      Map<String, Appender> appenders,
      Inlet inlet) {
    this.gate = gate;
    this.known = agency;
    this.deadline = deadline;
    this.appenders = appenders;
    this.agencies = inlet.agencies();
    this.counts = inlet.counts();
    this.doubts = inlet.doubts();
    this.hasPlace = !agency.isEmpty(); // taken when it was let in
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
    dropUpload();
    if (unanswered != null) {
      doubts.doubt(unanswered); // the client is gone before it could be told
      doubted = unanswered;
      unanswered = null;
    }
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
          context,
          slow == null ? Answer.problem(Refusal.TOO_SLOW) : refusal(slow, Refusal.TOO_SLOW));
    } else if (event == Signal.DRAIN) {
      draining = true;
      if (!inRequest) {
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
          endWith(context, refusal(admitted, Refusal.CONNECTIONS));
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
            && HttpUtil.getContentLength(request, 0L) <= SMALL_BODY_BYTES
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
      endWith(context, upload == null ? Answer.problem(why) : refusal(upload, why));
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
      endWith(context, refusal(into, why));
    } else if (last) {
      deadline.requestRead();
      var ending = into.end();
      dropUpload(); // first, for the answer may let the next request in
      finish(context, into, ending);
    }
  }

  private void finish(ChannelHandlerContext context, Upload whole, Ending ending) {
    switch (ending) {
      case Ending.Done(Answer answer) ->
          answer(context, whole.protocol().dress(whole.call(), answer));
      case Ending.Refused(Refusal why) -> answer(context, refusal(whole, why));
      case Ending.Wait(var other) -> {
        pause(context);
        other.whenComplete(
            (answer, failure) ->
                later(context, () -> failure == null ? answer : refusal(whole, Refusal.BUSY)));
      }
      case Ending.Keep keep -> keep(context, whole, keep);
    }
  }

  private void pause(ChannelHandlerContext context) {
    paused = true;
    context.channel().config().setAutoRead(false);
  }

  private void keep(ChannelHandlerContext context, Upload whole, Ending.Keep keep) {
    pause(context);
    var appender = appenders.get(whole.protocol().name());
    if (appender == null) {
      throw new IllegalStateException("no appender for " + whole.protocol().name());
    }
    var batch = appender.batch(keep.frames(), origin(whole, keep.format()));
    Builders.give(keep.frames(), batch);
    appender.count(batch);
    unanswered = batch;
    appender.append(batch, new Receipt(context, whole, keep.kept(), batch));
  }

  private static Origin origin(Upload whole, String format) {
    var call = whole.call();
    String input = whole.protocol().name();
    return new Origin(call.agency(), input, call.peer(), "", false, format, 0, "UTC");
  }

  private void later(ChannelHandlerContext context, Supplier<Answer> answer) {
    onLoop(context, () -> answer(context, answer.get()));
  }

  private static void onLoop(ChannelHandlerContext context, Runnable task) {
    try {
      context.executor().execute(task);
    } catch (RejectedExecutionException e) {
      // the listeners are down: the client gets no answer and sends again
    }
  }

  private void answer(ChannelHandlerContext context, Answer answer) {
    unanswered = null;
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
    context
        .writeAndFlush(answer.response(true))
        .addListener((ChannelFutureListener) sent -> halfClose(sent.channel()));
    context.executor().schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
  }

  private static void halfClose(Channel channel) {
    if (channel instanceof DuplexChannel duplex) {
      duplex.shutdownOutput();
    }
  }

  private static Answer refusal(Upload of, Refusal why) {
    return of.protocol().dress(of.call(), of.protocol().refuse(of.call(), why));
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

  private final class Receipt implements EventLog.Acknowledgement {
    private final ChannelHandlerContext context;
    private final Upload whole;
    private final Ending.Kept kept;
    private final FrameBatch batch;

    Receipt(ChannelHandlerContext context, Upload whole, Ending.Kept kept, FrameBatch batch) {
      this.context = context;
      this.whole = whole;
      this.kept = kept;
      this.batch = batch;
    }

    @Override
    public void durable(long firstSequence) {
      later(context, () -> whole.protocol().dress(whole.call(), kept.answer(firstSequence, batch)));
    }

    @Override
    public void failed(JournalFault fault) {
      kept.failed();
      onLoop(context, this::refused);
    }

    private void refused() {
      if (doubted == batch) {
        doubts.relieve(batch);
      }
      answer(context, refusal(whole, Refusal.BUSY));
    }
  }
}
