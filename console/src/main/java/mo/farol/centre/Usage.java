package mo.farol.centre;

/** A command was called wrongly: one clear line for the caller, exit status 2. */
public final class Usage extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Usage(String message) {
    super(message);
  }
}
