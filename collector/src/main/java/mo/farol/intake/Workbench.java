package mo.farol.intake;

import mo.farol.event.FrameBatch;

/**
 * What one event loop lends to the connection it is serving: empty before and after each call, so
 * that two agencies' bytes never lie in it together.
 */
final class Workbench {
  private static final int READ_BYTES = 256 << 10;

  /** Bytes to be cut: what waited, then what arrived. */
  final byte[] scratch;

  /** Frames cut so far. */
  final FrameBatch.Builder frames = new FrameBatch.Builder();

  Workbench(int frameLimit) {
    scratch = new byte[Framer.restLimit(frameLimit) + READ_BYTES];
  }
}
