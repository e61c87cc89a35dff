package mo.farol.post;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Origin;
import mo.farol.wire.Appender;
import mo.farol.wire.Budget;
import mo.farol.wire.IngestTokens;

/** Decides on a request by its headers, before a byte of its body is kept. */
final class Gate {
  /** What the headers led to. */
  sealed interface Verdict {
    record Admitted(Upload upload) implements Verdict {}

    record Answered(Answer answer) implements Verdict {}
  }

  private final List<Protocol> protocols;
  private final IngestTokens tokens;
  private final Appender appender;
  private final Budget budget;

  Gate(List<Protocol> protocols, IngestTokens tokens, Appender appender, Budget budget) {
    this.protocols = List.copyOf(protocols);
    this.tokens = tokens;
    this.appender = appender;
    this.budget = budget;
  }

  /**
   * @param known agency of the client's certificate, empty for none
   */
  Verdict judge(HttpRequest request, String known, String peer) {
    if (request.decoderResult().isFailure()) {
      var why =
          request.decoderResult().cause() instanceof TooLongFrameException
              ? Refusal.HEADERS_TOO_LARGE
              : Refusal.BROKEN_REQUEST;
      return new Verdict.Answered(Answer.problem(why));
    }
    if (Calls.length(request) == Long.MAX_VALUE) {
      return new Verdict.Answered(Answer.problem(Refusal.BROKEN_REQUEST));
    }
    var call = Calls.of(request, peer);
    for (var protocol : protocols) {
      if (protocol.owns(call.path())) {
        return identified(request, protocol, call, known);
      }
    }
    return new Verdict.Answered(Answer.problem(Refusal.NO_SUCH_PATH));
  }

  private Verdict identified(HttpRequest request, Protocol protocol, Call call, String known) {
    String header = call.header("Authorization");
    var shown = tokens.agencyOf(Credentials.token(header), call.peer());
    if (!known.isEmpty() && shown.isPresent() && !shown.get().equals(known)) {
      return refused(protocol, call, Refusal.OTHER_AGENCY);
    }
    var agency = known.isEmpty() ? shown : Optional.of(known);
    if (agency.isEmpty() && !protocol.isOpen(call)) {
      return refused(protocol, call, header.isEmpty() ? Refusal.NO_TOKEN : Refusal.UNKNOWN_TOKEN);
    }
    return begun(request, protocol, call.of(agency.orElse("")));
  }

  private Verdict begun(HttpRequest request, Protocol protocol, Call call) {
    if (Calls.length(request) > protocol.bodyBytes()) {
      return refused(protocol, call, Refusal.bodyTooLarge(protocol.bodyBytes()));
    }
    var packing = Upload.Packing.of(request.headers().get(HttpHeaderNames.CONTENT_ENCODING, ""));
    if (packing.isEmpty()) {
      return refused(protocol, call, Refusal.WRONG_ENCODING);
    }
    return switch (protocol.begin(call)) {
      case Step.Now(Answer answer) -> new Verdict.Answered(protocol.dress(call, answer));
      case Step.Refused(Refusal why) -> refused(protocol, call, why);
      case Step.Body(Reception reception) -> admitted(protocol, call, reception, packing.get());
    };
  }

  private Verdict admitted(
      Protocol protocol, Call call, Reception reception, Upload.Packing packing) {
    if (appender.isFailing()) {
      return refused(protocol, call, Refusal.BUSY); // before the body is uploaded for nothing
    }
    var origin = Origin.live(call.agency(), protocol.name(), call.peer());
    if (appender.isOverQuota(origin)) {
      return refused(protocol, call, Refusal.overQuota(appender.waitSeconds(origin)));
    }
    var upload =
        appender.isOverBound(origin)
            ? Optional.<Upload>empty()
            : Upload.open(call, protocol, reception, packing, budget);
    return upload
        .<Verdict>map(Verdict.Admitted::new)
        .orElseGet(() -> refused(protocol, call, Refusal.BUSY));
  }

  private static Verdict refused(Protocol protocol, Call call, Refusal why) {
    return new Verdict.Answered(protocol.dress(call, protocol.refuse(call, why)));
  }
}
