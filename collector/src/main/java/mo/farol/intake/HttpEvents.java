package mo.farol.intake;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/events}: a frame a line, or the elements of a JSON array. 200 only once they are
 * on disk. The token decides the agency. Requests of one connection are answered in order.
 */
final class HttpEvents extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger log = LoggerFactory.getLogger(HttpEvents.class);
  private static final long RATIO = 100;
  private static final long RATIO_MATTERS_BYTES = 1 << 20;
  private static final String BEARER = "Bearer ";

  private final IngestTokens tokens;
  private final Appender appender;
  private final BodyLimit wire;
  private final int frameLimit;
  private final ArrayDeque<FullHttpRequest> waiting = new ArrayDeque<>();
  private boolean busy;

  HttpEvents(IngestTokens tokens, Appender appender, BodyLimit wire, int frameLimit) {
    this.tokens = tokens;
    this.appender = appender;
    this.wire = wire;
    this.frameLimit = frameLimit;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (busy) {
      waiting.add(request.retain());
    } else {
      handle(context, request);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.info("an HTTP input connection ended: {}", cause.toString());
    context.close();
  }

  private void handle(ChannelHandlerContext context, FullHttpRequest request) {
    busy = true;
    var refusal = refusal(request);
    if (refusal.isPresent()) {
      finish(context, request, refusal.get());
      return;
    }
    var agency = agency(request);
    if (agency.isEmpty()) {
      finish(
          context,
          request,
          Answer.problem(
              401,
              "Not signed in",
              "Send 'Authorization: Bearer' with the agency's ingest token."));
      return;
    }
    append(context, request, agency.get());
  }

  private Optional<Answer> refusal(FullHttpRequest request) {
    String path = request.uri().replaceFirst("\\?.*", "");
    if (request.decoderResult().isFailure()) {
      return Optional.of(
          Answer.problem(400, "Not HTTP", "The request or its encoding could not be read.")
              .closing());
    }
    if (!path.equals("/v1/events")) {
      return Optional.of(Answer.problem(404, "No such input", "Post events to /v1/events."));
    }
    if (!request.method().equals(HttpMethod.POST)) {
      return Optional.of(Answer.problem(405, "Wrong method", "Use POST."));
    }
    int inflated = request.content().readableBytes();
    if (inflated > RATIO_MATTERS_BYTES && inflated > RATIO * Math.max(1, wire.body())) {
      return Optional.of(
          Answer.problem(
                  413, "Packed too tightly", "A body may inflate to 100 times its size at most.")
              .closing());
    }
    return appender.isBusy() ? Optional.of(unavailable()) : Optional.empty();
  }

  private Optional<String> agency(FullHttpRequest request) {
    String header = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    return header.startsWith(BEARER)
        ? tokens.agencyOf(header.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  private void append(ChannelHandlerContext context, FullHttpRequest request, String agency) {
    byte[] body = new byte[request.content().readableBytes()];
    request.content().readBytes(body);
    var frames = new FrameBatch.Builder();
    Bodies.split(body, frameLimit, frames);
    int count = frames.count();
    if (count == 0) {
      finish(context, request, Answer.ok("{\"accepted\":0}"));
      return;
    }
    request.retain();
    appender.append(
        frames,
        Origin.live(agency, "http", peer(context)),
        new EventLog.Acknowledgement() {
          @Override
          public void durable(long firstSequence) {
            later(Answer.ok("{\"accepted\":" + count + "}"));
          }

          @Override
          public void failed(JournalFault fault) {
            later(unavailable());
          }

          private void later(Answer answer) {
            context
                .executor()
                .execute(
                    () -> {
                      finish(context, request, answer);
                      request.release();
                    });
          }
        });
  }

  private static Answer unavailable() {
    return Answer.problem(
            503, "Can't keep events now", "Nothing of this request was kept; send it again later.")
        .retryAfter(2);
  }

  private void finish(ChannelHandlerContext context, FullHttpRequest request, Answer answer) {
    (HttpUtil.isKeepAlive(request) ? answer : answer.closing()).write(context);
    busy = false;
    var next = waiting.poll();
    if (next != null) {
      handle(context, next);
      next.release();
    }
  }

  private static String peer(ChannelHandlerContext context) {
    return context.channel().remoteAddress() instanceof InetSocketAddress peer
        ? peer.getAddress().getHostAddress()
        : "";
  }
}
