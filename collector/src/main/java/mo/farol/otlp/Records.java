package mo.farol.otlp;

import mo.farol.post.Collected;
import mo.farol.wire.Gathering;

/**
 * Takes records as frames. A resource stands in the frame of each of its records, so that a small
 * body can become much: beyond 48 MiB or 200,000 of them, all that follow are rejected, and
 * counted.
 */
final class Records {
  static final int MOST_RECORDS = 200_000;
  private static final long MOST_BYTES = 48 << 20;

  private final Collected frames;
  private final Gathering frame;
  private int rejected;

  Records(int frameLimit, Collected frames) {
    this.frame = new Gathering(frameLimit);
    this.frames = frames;
  }

  int rejected() {
    return rejected;
  }

  void begin() {
    frame.clear();
  }

  /** Adds bytes to the frame; what goes beyond the limit is only measured. */
  void add(byte[] bytes, int from, int to) {
    if (rejected == 0) {
      frame.add(bytes, from, to);
    }
  }

  void add(byte[] bytes) {
    add(bytes, 0, bytes.length);
  }

  void end() {
    boolean over =
        rejected > 0 || frames.count() == MOST_RECORDS || frames.held() + frame.kept() > MOST_BYTES;
    if (over) {
      rejected++;
    } else {
      frame.emit(0, frame.kept(), (byte) 0, frames);
    }
  }
}
