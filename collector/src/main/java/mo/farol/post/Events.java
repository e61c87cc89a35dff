package mo.farol.post;

import java.time.InstantSource;
import mo.farol.wire.Inlet;

/**
 * {@code POST /v1/events}: a frame a line, or the elements of a JSON array. What a sender calls
 * JSON and is none, and what is too long, is kept raw and named in the answer.
 */
public final class Events implements Protocol {
  private static final String PATH = "/v1/events";
  private static final String KEY = "Idempotency-Key";

  private final int frameLimit;
  private final Keys keys;

  public Events(Inlet inlet) {
    this(inlet.frameLimit(), inlet.clock());
  }

  Events(int frameLimit, InstantSource clock) {
    this.frameLimit = frameLimit;
    this.keys = new Keys(clock);
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public boolean owns(String path) {
    return path.equals(PATH);
  }

  @Override
  public Step begin(Call call) {
    if (!call.method().equals("POST")) {
      return new Step.Refused(Refusal.WRONG_METHOD);
    }
    String key = call.header(KEY);
    if (key.length() > Keys.LONGEST) {
      return new Step.Refused(Refusal.brokenBody("An Idempotency-Key has at most 128 characters."));
    }
    var lines = new EventLines(frameLimit, claimsJson(call.header("Content-Type")));
    return new Step.Body(key.isEmpty() ? lines : new OnceOnly(lines, keys, call.agency(), key));
  }

  private static boolean claimsJson(String type) {
    int end = type.indexOf(';');
    String media = (end < 0 ? type : type.substring(0, end)).strip();
    return media.endsWith("json") || media.endsWith("jsonl") || media.endsWith("json-seq");
  }
}
