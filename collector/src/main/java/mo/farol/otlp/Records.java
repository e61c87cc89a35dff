package mo.farol.otlp;

import mo.farol.post.Collected;
import mo.farol.wire.Gathering;

/**
 * Takes records as frames, as many as one append holds: 48 MiB or 200,000 of them. A resource
 * stands in the frame of each of its records, so that a small body can become much.
 */
final class Records {
  static final int MOST_RECORDS = 200_000;
  private static final long MOST_BYTES = 48 << 20;

  private final Collected frames = new Collected();
  private final Gathering frame;
  private final int first;
  private int seen;
  private int left;

  /**
   * @param first how many records to pass over
   */
  Records(int frameLimit, int first) {
    this.frame = new Gathering(frameLimit);
    this.first = first;
  }

  Collected frames() {
    return frames;
  }

  /** Records beyond those taken. */
  int left() {
    return left;
  }

  void begin() {
    frame.clear();
  }

  /** Adds bytes to the frame; what goes beyond the limit is only measured. */
  void add(byte[] bytes, int from, int to) {
    if (seen >= first && left == 0) {
      frame.add(bytes, from, to);
    }
  }

  void add(byte[] bytes) {
    add(bytes, 0, bytes.length);
  }

  void end() {
    if (seen++ < first) {
      return;
    }
    if (left > 0 || frames.count() == MOST_RECORDS || frames.held() + frame.kept() > MOST_BYTES) {
      left++;
    } else {
      frame.emit(0, frame.kept(), (byte) 0, frames);
    }
  }
}
