package mo.farol.rulebook;

/** Rules could not come into force; says what holds and what to do. */
public final class RulesFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  RulesFault(String message) {
    super(message);
  }

  RulesFault(String message, Throwable cause) {
    super(message, cause);
  }
}
