package mo.farol.wire;

import io.netty.util.concurrent.FastThreadLocal;
import mo.farol.event.FrameBatch;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop lends to the connection it is serving: empty before and after each call, so
 * that two agencies' bytes never lie in it together.
 */
public final class Workbench {
  private static final int READ_BYTES = 256 << 10;
  private static final FastThreadLocal<@Nullable Workbench> BENCHES = new FastThreadLocal<>();

  /** Bytes to be cut: what waited, then what arrived. */
  public final byte[] scratch;

  /** Frames cut so far. */
  public final FrameBatch.Builder frames = new FrameBatch.Builder();

  private Workbench(int scratchBytes) {
    scratch = new byte[scratchBytes];
  }

  /**
   * The bench of the calling event loop, with room for what waited and what arrives.
   *
   * @param restBytes most that waits from one call to the next
   */
  public static Workbench mine(int restBytes) {
    var bench = BENCHES.get();
    int wanted = restBytes + READ_BYTES;
    if (bench == null || bench.scratch.length < wanted) {
      bench = new Workbench(wanted);
      BENCHES.set(bench);
    }
    return bench;
  }
}
