package mo.farol.journal;

/**
 * The disk under the journal failed us. The message says what was tried, on what, and what the
 * operator does next.
 */
public final class JournalFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  public JournalFault(String message) {
    super(message);
  }

  public JournalFault(String message, Throwable cause) {
    super(message, cause);
  }
}
