package mo.farol.otlp;

import java.util.Locale;
import mo.farol.post.Answer;
import mo.farol.post.Call;
import mo.farol.post.Protocol;
import mo.farol.post.Refusal;
import mo.farol.post.Step;
import mo.farol.wire.Inlet;

/** {@code POST /v1/logs}; answers in the request's encoding. */
public final class Otlp implements Protocol {
  private static final long BODY_BYTES = 20 << 20;
  // The whole body is held while it is taken apart.
  private static final long UNPACKED_BYTES = 32 << 20;
  private static final Refusal WRONG_TYPE =
      new Refusal(
          415, "type", "Unknown content type", "Send application/x-protobuf or application/json.");

  private final int frameLimit;

  public Otlp(Inlet inlet) {
    this(inlet.frameLimit());
  }

  Otlp(int frameLimit) {
    this.frameLimit = frameLimit;
  }

  @Override
  public String name() {
    return "http.otlp";
  }

  @Override
  public boolean owns(String path) {
    return path.equals("/v1/logs");
  }

  @Override
  public long bodyBytes() {
    return BODY_BYTES;
  }

  @Override
  public long unpackedBytes() {
    return UNPACKED_BYTES;
  }

  @Override
  public Step begin(Call call) {
    if (!call.method().equals("POST")) {
      return new Step.Refused(Refusal.WRONG_METHOD);
    }
    String type = type(call);
    return switch (type) {
      case "application/json" -> new Step.Body(new OtlpBody(frameLimit, Encoding.JSON));
      case "application/x-protobuf", "application/protobuf" ->
          new Step.Body(new OtlpBody(frameLimit, Encoding.PROTOBUF));
      default -> new Step.Refused(WRONG_TYPE);
    };
  }

  @Override
  public Answer refuse(Call call, Refusal why) {
    var encoding = type(call).contains("proto") ? Encoding.PROTOBUF : Encoding.JSON;
    return encoding.refusal(why.retriable());
  }

  private static String type(Call call) {
    String type = call.header("Content-Type").toLowerCase(Locale.ROOT);
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip();
  }
}
