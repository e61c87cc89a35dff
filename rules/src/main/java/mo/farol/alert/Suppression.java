package mo.farol.alert;

/**
 * What keeps an alert out of the queue, or marks it.
 *
 * @param kind of what
 * @param id of the rule, table row, exception or calendar
 * @param name for people
 * @param because what its author said
 */
public record Suppression(Kind kind, String id, String name, String because) {
  /** What it is. */
  public enum Kind {
    RULE,
    TABLE,
    EXCEPTION,
    MAINTENANCE
  }
}
