package mo.farol.alert;

/** What a decision file may not say, and where. */
final class DrlRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int line;

  /**
   * @param line from 1
   * @param reason on one line
   */
  DrlRefusal(int line, String reason) {
    super(reason);
    this.line = line;
  }

  DrlFault in(String file) {
    return new DrlFault(file, line, String.valueOf(getMessage()));
  }
}
