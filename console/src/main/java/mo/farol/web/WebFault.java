package mo.farol.web;

/** The console can't be served; the message says what the operator does next. */
public final class WebFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  public WebFault(String message, Throwable cause) {
    super(message, cause);
  }
}
