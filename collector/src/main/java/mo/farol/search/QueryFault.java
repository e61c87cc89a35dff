package mo.farol.search;

/** A query that can't be understood: where, why, and what to write instead. */
public final class QueryFault extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int column;

  /**
   * @param column of the first wrong character, from 1
   */
  public QueryFault(int column, String message) {
    super(message);
    this.column = column;
  }

  /** Column of the first wrong character, from 1. */
  public int column() {
    return column;
  }
}
