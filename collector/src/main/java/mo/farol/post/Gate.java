package mo.farol.post;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Locale;
import java.util.Optional;
import mo.farol.event.Origin;
import mo.farol.wire.Appender;
import mo.farol.wire.IngestTokens;

/** Decides on a request by its headers, before a byte of its body is kept. */
final class Gate {
  /** Largest body as sent. */
  static final long BODY_BYTES = 10 << 20;

  private static final String PATH = "/v1/events";
  private static final String SCHEME = "bearer ";

  /** What the headers led to. */
  sealed interface Verdict {
    record Admitted(Origin origin, boolean gzip) implements Verdict {}

    record Refused(Answer answer) implements Verdict {}
  }

  private final IngestTokens tokens;
  private final Appender appender;

  Gate(IngestTokens tokens, Appender appender) {
    this.tokens = tokens;
    this.appender = appender;
  }

  /**
   * @param peer the client's address
   * @param known agency of the client's certificate, empty for none
   */
  Verdict judge(HttpRequest request, String peer, String known) {
    if (request.decoderResult().isFailure()) {
      return new Verdict.Refused(
          request.decoderResult().cause() instanceof TooLongFrameException
              ? Answer.headersTooLarge()
              : Answer.brokenRequest());
    }
    String uri = request.uri();
    int query = uri.indexOf('?');
    if (!PATH.equals(query < 0 ? uri : uri.substring(0, query))) {
      return new Verdict.Refused(Answer.noSuchPath());
    }
    if (!HttpMethod.POST.equals(request.method())) {
      return new Verdict.Refused(Answer.wrongMethod());
    }
    return (known.isEmpty() ? agency(request) : Optional.of(known))
        .map(agency -> admit(request, Origin.live(agency, "http", peer)))
        .orElseGet(() -> new Verdict.Refused(Answer.unknownToken()));
  }

  static Answer bodyTooLarge() {
    return Answer.tooLarge("Send at most %d MiB at once.".formatted(BODY_BYTES >> 20));
  }

  private Optional<String> agency(HttpRequest request) {
    String header = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? tokens.agencyOf(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  private Verdict admit(HttpRequest request, Origin origin) {
    String encoding =
        request.headers().get(HttpHeaderNames.CONTENT_ENCODING, "").toLowerCase(Locale.ROOT);
    boolean gzip = encoding.equals("gzip") || encoding.equals("x-gzip");
    if (!gzip && !encoding.isEmpty() && !encoding.equals("identity")) {
      return new Verdict.Refused(Answer.wrongEncoding());
    }
    if (HttpUtil.getContentLength(request, 0L) > BODY_BYTES) {
      return new Verdict.Refused(bodyTooLarge());
    }
    if (appender.isOverQuota(origin)) {
      return new Verdict.Refused(Answer.overQuota(appender.waitSeconds(origin)));
    }
    return appender.isOverBound(origin)
        ? new Verdict.Refused(Answer.busy())
        : new Verdict.Admitted(origin, gzip);
  }
}
