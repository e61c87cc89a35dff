package mo.farol.flow;

import mo.farol.event.FrameBatch;

/** One frame of a batch as a batch, sharing its bytes. */
final class Slice {
  private Slice() {}

  static FrameBatch of(FrameBatch frames, int i) {
    return FrameBatch.of(
        frames.origin(),
        frames.receivedAtMicros(),
        frames.bytes(),
        new int[] {frames.start(i), frames.end(i)},
        new byte[] {frames.marks(i)});
  }
}
