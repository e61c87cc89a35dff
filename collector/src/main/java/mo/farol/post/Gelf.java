package mo.farol.post;

import mo.farol.wire.Inlet;

/**
 * {@code POST /gelf}: GELF 1.1 over HTTP, one message a request or several in a row. What is no
 * JSON is kept raw.
 */
public final class Gelf implements Protocol {
  private static final String PATH = "/gelf";

  private final int frameLimit;

  public Gelf(Inlet inlet) {
    this.frameLimit = inlet.frameLimit();
  }

  @Override
  public String name() {
    return "http.gelf";
  }

  @Override
  public boolean owns(String path) {
    return path.equals(PATH);
  }

  @Override
  public Step begin(Call call) {
    return call.method().equals("POST")
        ? new Step.Body(new ObjectsBody(frameLimit, "gelf", _ -> taken()))
        : new Step.Refused(Refusal.WRONG_METHOD);
  }

  private static Answer taken() {
    return Answer.of(202, "text/plain", new byte[0]);
  }
}
