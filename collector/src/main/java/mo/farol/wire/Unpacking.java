package mo.farol.wire;

/**
 * Unpacks a body as it streams by, with an end to how much it may become. One body, one thread;
 * {@link #close} frees native memory.
 */
public interface Unpacking extends AutoCloseable {
  /** Takes unpacked bytes, lent for the length of the call. */
  interface Output {
    void bytes(byte[] bytes, int from, int to);
  }

  /** Why a body can't be unpacked. */
  final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    /** Whether it would become too much, rather than not being what it was said to be. */
    public final boolean tooMuch;

    Broken(boolean tooMuch, String message) {
      super(message);
      this.tooMuch = tooMuch;
    }
  }

  /** The next packed bytes. */
  void take(byte[] bytes, int from, int to) throws Broken;

  /** Says whether what was packed was whole. */
  void end() throws Broken;

  @Override
  void close();

  /** A body that is not packed. */
  static Unpacking none(long limit, Output out) {
    return new Unpacking() {
      private final UnpackedBound bound = new UnpackedBound(limit);

      @Override
      public void take(byte[] bytes, int from, int to) throws Broken {
        bound.packed(to - from);
        bound.unpacked(to - from);
        out.bytes(bytes, from, to);
      }

      @Override
      public void end() {
        // any length is whole
      }

      @Override
      public void close() {
        // nothing is held
      }
    };
  }
}
