package mo.farol.wire;

import java.util.concurrent.TimeUnit;

/**
 * When a connection sends too much that is too long: a frame of more than 64 MiB, or 60 frames
 * beyond the limit within a minute. Belongs to its event loop.
 */
final class Excess {
  static final long MOST_BYTES = 64L << 20;
  static final int MOST_FRAMES = 60;
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private long since;
  private int frames;

  /** Whether one more frame that was cut is one too many. */
  boolean isTooMany(long nanos) {
    if (frames == 0 || nanos - since > MINUTE_NANOS) {
      since = nanos;
      frames = 0;
    }
    return ++frames >= MOST_FRAMES;
  }
}
