package mo.farol.search;

/** Too many searches are under way already; the same question may be asked again in a moment. */
public final class Busy extends RuntimeException {
  private static final long serialVersionUID = 1;

  private Busy(String message) {
    super(message, null, false, false);
  }

  static Busy all() {
    return new Busy("Too many searches are under way; ask again in some seconds.");
  }

  static Busy noTurn() {
    return new Busy("Other searches are worked out now; ask again in some seconds.");
  }

  static Busy ofOne(int most) {
    return new Busy(
        "You have %d searches under way; cancel one, or ask again once they are answered."
            .formatted(most));
  }
}
