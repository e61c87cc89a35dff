package mo.farol.ledger;

/**
 * A place in a list that is ordered by a time, newest first, and then by id. Rows added above it do
 * not move it.
 *
 * @param at microseconds of the last row shown
 * @param id of the last row shown
 */
public record Cursor(long at, String id) {
  /**
   * Reads what {@link #toString} wrote; throws {@link IllegalArgumentException} on anything else.
   */
  public static Cursor parse(String text) {
    int dot = text.indexOf('.');
    try {
      return new Cursor(Long.parseLong(text.substring(0, dot)), text.substring(dot + 1));
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "a cursor is what the page before gave as next, not '" + text + "'", e);
    }
  }

  /** Narrows a condition to what comes after this place. */
  public Where after(Where where, String column) {
    return where.and(column + " < ? or " + column + " = ? and id > ?", at, at, id);
  }

  @Override
  public String toString() {
    return at + "." + id;
  }
}
