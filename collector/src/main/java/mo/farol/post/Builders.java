package mo.farol.post;

import java.util.ArrayDeque;
import mo.farol.event.FrameBatch;

/**
 * Builders that requests before this one grew: each event loop keeps a few, so that a request makes
 * no garbage of its size. One that grew beyond 1 MiB is let go.
 */
final class Builders {
  private static final int MOST = 4;
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_FRAMES = 16_384;

  private static final ThreadLocal<ArrayDeque<FrameBatch.Builder>> IDLE =
      ThreadLocal.withInitial(ArrayDeque::new);

  private Builders() {}

  /** An empty one. */
  static FrameBatch.Builder take() {
    var idle = IDLE.get().poll();
    return idle == null ? new FrameBatch.Builder() : idle;
  }

  /** Takes back a builder that was built from, with what it gave. */
  static void give(FrameBatch.Builder empty, FrameBatch built) {
    var idle = IDLE.get();
    boolean small = built.size() <= MOST_BYTES && built.count() <= MOST_FRAMES;
    if (small && empty.count() == 0 && idle.size() < MOST) {
      idle.push(empty);
    }
  }
}
