package mo.farol.search;

/** A search was ended before its answer. */
public final class Cancelled extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String by;

  /**
   * @param by account name, or empty where nobody waited for the answer any more
   */
  Cancelled(String by) {
    super(
        by.isEmpty()
            ? "The search was ended: nobody waited for its answer."
            : "The search was cancelled by " + by + ".",
        null,
        false,
        false);
    this.by = by;
  }

  /** Account name of who cancelled it; empty where nobody waited for the answer any more. */
  public String by() {
    return by;
  }
}
