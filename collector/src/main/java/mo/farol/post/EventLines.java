package mo.farol.post;

import mo.farol.event.FrameBatch;
import mo.farol.parse.JsonScan;
import mo.farol.wire.FrameSink;

/** The body of {@code /v1/events} on its way. */
final class EventLines implements Reception, FrameSink {
  private static final int MOST_NAMED = 100;

  private final int frameLimit;
  private final boolean claimsJson;
  private final Collected frames = new Collected();
  private final BodyFramer framer;
  private final JsonScan scan = new JsonScan();
  private final StringBuilder errors = new StringBuilder();
  private int rejected;

  /**
   * @param claimsJson whether the sender says that all of it is JSON
   */
  EventLines(int frameLimit, boolean claimsJson) {
    this.frameLimit = frameLimit;
    this.claimsJson = claimsJson;
    this.framer = new BodyFramer(frameLimit, this);
  }

  @Override
  public void take(byte[] bytes, int from, int to) {
    framer.take(bytes, from, to);
  }

  @Override
  public long held() {
    return frames.held();
  }

  @Override
  public void frame(byte[] bytes, int from, int to, byte mark) {
    frames.frame(bytes, from, to, mark);
    if ((mark & FrameBatch.TRUNCATED) != 0) {
      reject("longer than " + frameLimit + " bytes, cut there");
    } else if (claimsJson && !scan.isValue(bytes, from, to)) {
      reject("not JSON");
    }
  }

  @Override
  public Ending end() {
    framer.end();
    if (frames.count() == 0) {
      return new Ending.Done(Answer.json(200, "{\"accepted\":0}"));
    }
    String answer = answer();
    return frames.kept("", (first, batch) -> Answer.json(200, answer));
  }

  private void reject(String reason) {
    if (rejected++ < MOST_NAMED) {
      errors.append(errors.isEmpty() ? "" : ",");
      errors.append("{\"line\":").append(framer.number());
      errors.append(",\"reason\":\"").append(reason).append("\"}");
    }
  }

  private String answer() {
    String accepted = "{\"accepted\":" + (frames.count() - rejected);
    return rejected == 0
        ? accepted + "}"
        : accepted + ",\"rejected\":" + rejected + ",\"errors\":[" + errors + "]}";
  }
}
