package mo.farol.post;

import mo.farol.event.FrameBatch;
import mo.farol.wire.FrameSink;

/**
 * Collects the frames of one request. Once they are too much nothing is added: such a request is
 * refused whole.
 */
public final class Collected implements FrameSink {
  /** Most that may be held: what fits into one block of the journal, where it is whole or not. */
  public static final long MOST_BYTES = 60L << 20;

  // What the journal's block may add to each.
  private static final long FRAME_BYTES = 6;

  private final FrameBatch.Builder frames = Builders.take();

  @Override
  public void frame(byte[] bytes, int from, int to, byte mark) {
    if (held() <= MOST_BYTES) {
      frames.add(bytes, from, to, mark);
    }
  }

  public int count() {
    return frames.count();
  }

  /** Memory held, in bytes. */
  public long held() {
    return frames.size() + FRAME_BYTES * frames.count();
  }

  /** An ending that keeps them. */
  public Ending.Keep kept(String format, Ending.Kept kept) {
    return new Ending.Keep(frames, format, kept);
  }
}
