package mo.farol.post;

import java.util.function.LongFunction;

/** A body of JSON objects in a row, a frame each; answered by one answer for them all. */
public final class ObjectsBody implements Reception {
  private final String format;
  private final LongFunction<Answer> answer;
  private final Collected frames = new Collected();
  private final ObjectFramer framer;

  /**
   * @param frameLimit bytes of a frame, which longer ones are cut at
   * @param format what the frames are read as; empty to tell by their bytes
   * @param answer made of the first frame's sequence once they are on disk; of 0 where there is
   *     none
   */
  public ObjectsBody(int frameLimit, String format, LongFunction<Answer> answer) {
    this.format = format;
    this.answer = answer;
    this.framer = new ObjectFramer(frameLimit, frames);
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
        ? new Ending.Done(answer.apply(0))
        : frames.kept(format, (first, batch) -> answer.apply(first));
  }
}
