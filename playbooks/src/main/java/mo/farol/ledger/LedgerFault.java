package mo.farol.ledger;

/**
 * The ledger can't be opened or is not what it should be; the message says what the operator does
 * next.
 */
public final class LedgerFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LedgerFault(String message, Throwable cause) {
    super(message, cause);
  }
}
