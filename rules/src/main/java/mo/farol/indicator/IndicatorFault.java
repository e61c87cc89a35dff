package mo.farol.indicator;

/** Indicators could not be had: says what was tried, on what, and what to do. */
public final class IndicatorFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  public IndicatorFault(String message) {
    super(message);
  }

  public IndicatorFault(String message, Throwable cause) {
    super(message, cause);
  }
}
