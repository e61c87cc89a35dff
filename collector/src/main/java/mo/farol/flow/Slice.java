package mo.farol.flow;

import mo.farol.event.FrameBatch;

/** Some frames of a batch as a batch, sharing its bytes. */
final class Slice {
  private Slice() {}

  static FrameBatch of(FrameBatch frames, int i) {
    return of(frames, i, 1);
  }

  /** From frame {@code from} on, up to so many. */
  static FrameBatch of(FrameBatch frames, int from, int most) {
    int count = Math.min(most, frames.count() - from);
    if (count == frames.count()) {
      return frames;
    }
    int[] bounds = new int[count + 1];
    byte[] marks = new byte[count];
    bounds[0] = frames.start(from);
    for (int i = 0; i < count; i++) {
      bounds[i + 1] = frames.keptEnd(from + i);
      marks[i] = frames.marks(from + i);
    }
    return FrameBatch.of(frames.origin(), frames.receivedAtMicros(), frames.bytes(), bounds, marks);
  }
}
