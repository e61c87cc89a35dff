package mo.farol.store;

/** A clause that can't be answered, such as a damaged regular expression, and where it began. */
public final class ClauseFault extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int column;

  /**
   * @param column of the clause, from 1
   */
  public ClauseFault(int column, String message, Throwable cause) {
    super(message, cause);
    this.column = column;
  }

  /** Column of the clause, from 1. */
  public int column() {
    return column;
  }
}
