package mo.farol.flow;

/** A replay could not be done, or not whole, in its time; asked again it goes on. */
public final class ReplayCut extends RuntimeException {
  private static final long serialVersionUID = 1;

  ReplayCut(String message) {
    super(message, null, false, false);
  }
}
