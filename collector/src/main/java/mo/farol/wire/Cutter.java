package mo.farol.wire;

/**
 * Cuts one connection's bytes into frames, however they are chunked. One connection, one thread.
 */
public interface Cutter {
  /** Puts bytes that wait for the rest of their frame at the start of an array; gives how many. */
  default int restore(byte[] into) {
    return 0;
  }

  /** Cuts {@code bytes[0 .. to)}, which begin with what {@link #restore} gave. */
  void cut(byte[] bytes, int to, FrameSink out);

  /**
   * The connection ended: what is left is kept as a frame.
   *
   * @param broken whether it was torn, not closed by its sender
   * @return whether what is left is a part of a frame
   */
  boolean end(FrameSink out, boolean broken);

  /** Bytes of a frame that has begun and not ended, kept or not; 0 for none. */
  long unfinished();

  /** Memory held for it, in bytes. */
  long held();

  /** Whether {@link #quiet} and {@link #unglue} may find frames that have no end of their own. */
  default boolean isUndecided() {
    return false;
  }

  /** Nothing arrived for a moment. */
  default void quiet(FrameSink out) {}

  /** A moment passed and bytes went on arriving. */
  default void unglue(FrameSink out) {}

  /** Counts what was seen since the last call. */
  default void tell(Counts counts) {}
}
