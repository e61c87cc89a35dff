package mo.farol.splunk;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import mo.farol.post.Answer;
import mo.farol.post.Call;
import mo.farol.post.Protocol;
import mo.farol.post.Refusal;
import mo.farol.post.Step;
import mo.farol.wire.Inlet;
import org.jspecify.annotations.Nullable;

/** {@code /services/collector} and what stands below it. */
public final class Hec implements Protocol {
  private static final String ROOT = "/services/collector";
  private static final String CHANNEL_HEADER = "X-Splunk-Request-Channel";
  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  private final int frameLimit;
  private final HecChannels channels;
  private final BooleanSupplier busy;

  public Hec(Inlet inlet) {
    this(inlet.frameLimit(), inlet.clock(), isFull(inlet));
  }

  Hec(int frameLimit, InstantSource clock, BooleanSupplier busy) {
    this.frameLimit = frameLimit;
    this.channels = new HecChannels(clock);
    this.busy = busy;
  }

  @Override
  public String name() {
    return "http.hec";
  }

  @Override
  public boolean owns(String path) {
    return path.startsWith(ROOT)
        && (path.length() == ROOT.length() || path.charAt(ROOT.length()) == '/');
  }

  @Override
  public boolean isOpen(Call call) {
    return place(call).equals("health");
  }

  @Override
  public Step begin(Call call) {
    String place = place(call);
    if (place.equals("health")) {
      return new Step.Now(
          busy.getAsBoolean() ? HecCode.UNHEALTHY.refusing() : HecCode.HEALTHY.answer());
    }
    if (!call.method().equals("POST")) {
      return new Step.Refused(Refusal.WRONG_METHOD);
    }
    String channel = channel(call);
    if (!channel.isEmpty() && !CHANNEL.matcher(channel).matches()) {
      return new Step.Now(HecCode.CHANNEL_INVALID.refusing());
    }
    return switch (place) {
      case "", "event" -> new Step.Body(new HecEvents(frameLimit, ackIds(call, channel)));
      case "raw" -> new Step.Body(new HecRaw(frameLimit, call, ackIds(call, channel)));
      case "ack" ->
          channel.isEmpty()
              ? new Step.Now(HecCode.CHANNEL_MISSING.refusing())
              : new Step.Body(new HecAck(channels, call.agency(), channel));
      default -> new Step.Now(Answer.json(404, "{\"text\":\"Not found\",\"code\":404}"));
    };
  }

  @Override
  public Answer refuse(Call call, Refusal why) {
    var told = why.retriable();
    return code(call, told).map(code -> code.refusing(told)).orElseGet(() -> Answer.problem(told));
  }

  private static Optional<HecCode> code(Call call, Refusal why) {
    return Optional.ofNullable(
        switch (why.status()) {
          case 401 -> unauthorized(call, why);
          case 403 -> HecCode.INVALID_TOKEN;
          case 400 -> HecCode.INVALID_FORMAT;
          case 413 -> HecCode.TOO_LARGE;
          case 429, 503 -> HecCode.BUSY;
          default -> null;
        });
  }

  private static HecCode unauthorized(Call call, Refusal why) {
    if (why.equals(Refusal.NO_TOKEN)) {
      return call.parameter("token").isEmpty() ? HecCode.TOKEN_REQUIRED : HecCode.QUERY_TOKEN_OFF;
    }
    return call.header("Authorization").indexOf(' ') > 0
        ? HecCode.INVALID_TOKEN
        : HecCode.INVALID_AUTHORIZATION;
  }

  private @Nullable LongSupplier ackIds(Call call, String channel) {
    String agency = call.agency();
    return channel.isEmpty() ? null : () -> channels.acknowledge(agency, channel);
  }

  private static String channel(Call call) {
    String header = call.header(CHANNEL_HEADER);
    return header.isEmpty() ? call.parameter("channel") : header;
  }

  // What stands behind the root, without the version.
  private static String place(Call call) {
    String rest = call.path().substring(ROOT.length());
    String name = rest.startsWith("/") ? rest.substring(1) : rest;
    return name.endsWith("/1.0") ? name.substring(0, name.length() - 4) : name;
  }

  private static BooleanSupplier isFull(Inlet inlet) {
    var log = inlet.log();
    return () -> log.isFailing() || log.pendingBytes() > inlet.pendingBoundBytes();
  }
}
