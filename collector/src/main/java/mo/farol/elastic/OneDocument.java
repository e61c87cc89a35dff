package mo.farol.elastic;

import mo.farol.event.FrameBatch;
import mo.farol.post.Answer;
import mo.farol.post.Collected;
import mo.farol.post.Ending;
import mo.farol.post.ObjectFramer;
import mo.farol.post.Reception;

/** A document sent by itself. */
final class OneDocument implements Reception {
  private final String index;
  private final Collected frames = new Collected();
  private final ObjectFramer framer;

  OneDocument(int frameLimit, String index) {
    this.index = index;
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
        ? new Ending.Done(created(0))
        : frames.kept("", (long first, FrameBatch batch) -> created(first));
  }

  private Answer created(long sequence) {
    return Answer.json(
        201,
        "{\"_index\":\"%s\",\"_id\":\"%2$d\",\"_version\":1,\"result\":\"created\",\"_seq_no\":%2$d,\"_primary_term\":1}"
            .formatted(index, sequence));
  }
}
