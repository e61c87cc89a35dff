package mo.farol.splunk;

import java.util.function.LongSupplier;
import mo.farol.event.FrameBatch;
import mo.farol.post.Answer;
import mo.farol.post.Collected;
import mo.farol.post.Ending;
import mo.farol.post.ObjectFramer;
import mo.farol.post.Reception;
import mo.farol.wire.FrameSink;
import org.jspecify.annotations.Nullable;

/**
 * Event objects on their way. One that is no event, among others that are, is kept raw like them: a
 * refusal would cost the good ones. A request of nothing but such is refused with the code of the
 * first.
 */
final class HecEvents implements Reception, FrameSink {
  private final Collected frames = new Collected();
  private final ObjectFramer framer;
  private final HecShape shape = new HecShape();
  private final @Nullable LongSupplier ackIds;
  private @Nullable HecCode fault;
  private int good;

  /**
   * @param ackIds gives the channel's next id; null without a channel
   */
  HecEvents(int frameLimit, @Nullable LongSupplier ackIds) {
    this.framer = new ObjectFramer(frameLimit, this);
    this.ackIds = ackIds;
  }

  @Override
  public void take(byte[] bytes, int from, int to) {
    framer.take(bytes, from, to);
  }

  @Override
  public void frame(byte[] bytes, int from, int to, byte mark) {
    frames.frame(bytes, from, to, mark);
    var wrong = (mark & FrameBatch.TRUNCATED) != 0 ? null : shape.fault(bytes, from, to);
    good += wrong == null ? 1 : 0;
    fault = fault == null ? wrong : fault;
  }

  @Override
  public long held() {
    return frames.held();
  }

  @Override
  public Ending end() {
    framer.end();
    if (frames.count() == 0) {
      return new Ending.Done(HecCode.NO_DATA.refusing());
    }
    if (good == 0 && fault != null) {
      return new Ending.Done(fault.refusing(0));
    }
    return frames.kept("hec", (first, batch) -> kept(ackIds));
  }

  static Answer kept(@Nullable LongSupplier ackIds) {
    return ackIds == null
        ? HecCode.SUCCESS.answer()
        : HecCode.SUCCESS.acknowledged(ackIds.getAsLong());
  }
}
