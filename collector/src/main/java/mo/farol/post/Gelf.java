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
        ? new Step.Body(new Messages(frameLimit))
        : new Step.Refused(Refusal.WRONG_METHOD);
  }

  private static final class Messages implements Reception {
    private final Collected frames = new Collected();
    private final ObjectFramer framer;

    Messages(int frameLimit) {
      framer = new ObjectFramer(frameLimit, frames);
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
    public Ending end() {
      framer.end();
      return frames.count() == 0
          ? new Ending.Done(taken())
          : frames.kept("gelf", (first, batch) -> taken());
    }

    private static Answer taken() {
      return Answer.of(202, "text/plain", new byte[0]);
    }
  }
}
