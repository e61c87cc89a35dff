package mo.farol.wire;

import mo.farol.event.FrameBatch;

/**
 * What one event loop lends to the connection it is serving: empty before and after each call, so
 * that two agencies' bytes never lie in it together.
 */
public final class Workbench {
  private static final int READ_BYTES = 256 << 10;

  /** Bytes to be cut: what waited, then what arrived. */
  public final byte[] scratch;

  /** Frames cut so far. */
  public final FrameBatch.Builder frames = new FrameBatch.Builder();

  public Workbench(int restBytes) {
    scratch = new byte[restBytes + READ_BYTES];
  }
}
