package mo.farol.otlp;

import java.util.Arrays;
import mo.farol.event.FrameBatch;
import mo.farol.post.Collected;

/**
 * Takes records as frames. A resource stands in the frame of each of its records, so that a small
 * body can become much: beyond 48 MiB or 200,000 of them, all that follow are rejected, and
 * counted.
 */
final class Records {
  static final int MOST_RECORDS = 200_000;
  private static final long MOST_BYTES = 48 << 20;

  private final int frameLimit;
  private final Collected frames;
  private byte[] frame = new byte[1024];
  private int length;
  private boolean truncated;
  private int rejected;

  Records(int frameLimit, Collected frames) {
    this.frameLimit = frameLimit;
    this.frames = frames;
  }

  int rejected() {
    return rejected;
  }

  void begin() {
    length = 0;
    truncated = false;
  }

  /** Adds bytes to the frame; what goes beyond the limit is left out. */
  void add(byte[] bytes, int from, int to) {
    if (rejected > 0) {
      return;
    }
    int room = Math.min(to - from, frameLimit - length);
    truncated |= room < to - from;
    if (length + room > frame.length) {
      frame = Arrays.copyOf(frame, Math.min(frameLimit, Math.max(length + room, length * 2)));
    }
    System.arraycopy(bytes, from, frame, length, room);
    length += room;
  }

  void add(byte[] bytes) {
    add(bytes, 0, bytes.length);
  }

  void end() {
    boolean over =
        rejected > 0 || frames.count() == MOST_RECORDS || frames.held() + length > MOST_BYTES;
    if (over) {
      rejected++;
    } else {
      frames.frame(frame, 0, length, truncated ? FrameBatch.TRUNCATED : 0);
    }
  }
}
