package mo.farol.seal;

/** The seal could not be read or written; the message says what the operator does next. */
public final class SealFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SealFault(String message) {
    super(message);
  }

  public SealFault(String message, Throwable cause) {
    super(message, cause);
  }
}
