package mo.farol.store;

/**
 * The index could not be read or written. It is a view: removing its folder and starting again
 * builds it anew.
 */
public final class StoreFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreFault(String message, Throwable cause) {
    super(message, cause);
  }
}
