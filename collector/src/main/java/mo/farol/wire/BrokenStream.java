package mo.farol.wire;

/** What can't be the protocol it should be: the connection has no way to go on. */
public final class BrokenStream extends Exception {
  private static final long serialVersionUID = 1;

  public BrokenStream(String message) {
    super(message);
  }
}
