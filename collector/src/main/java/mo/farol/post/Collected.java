package mo.farol.post;

import mo.farol.event.FrameBatch;
import mo.farol.wire.FrameSink;

/** Collects the frames of one request. */
public final class Collected implements FrameSink {
  // What the journal's block may add to each.
  private static final long FRAME_BYTES = 6;

  private final FrameBatch.Builder frames = Builders.take();

  @Override
  public void frame(byte[] bytes, int from, int to, byte mark) {
    frames.add(bytes, from, to, mark);
  }

  public int count() {
    return frames.count();
  }

  /** Memory held, in bytes. */
  public long held() {
    return frames.size() + FRAME_BYTES * frames.count();
  }

  /** An ending that keeps them. */
  public Ending kept(String format, Ending.Kept kept) {
    return new Ending.Keep(frames, format, kept);
  }
}
