package mo.farol.indicator;

/** A TAXII server did not give what was asked: says what was tried, where, and what to do. */
public final class TaxiiFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TaxiiFault(String message) {
    super(message);
  }

  public TaxiiFault(String message, Throwable cause) {
    super(message, cause);
  }
}
