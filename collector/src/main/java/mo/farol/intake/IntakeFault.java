package mo.farol.intake;

/**
 * A listener can't be had. The message names key and address, and says what the operator does next.
 */
public final class IntakeFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  IntakeFault(String message, Throwable cause) {
    super(message, cause);
  }
}
