package mo.farol.store;

/**
 * The disk under the index failed us. The message says what was tried, on what, and what the
 * operator does next.
 */
public final class StoreFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreFault(String message, Throwable cause) {
    super(message, cause);
  }
}
