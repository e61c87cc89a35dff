package mo.farol.alert;

/** What a decision rule may do, known to it as {@code desk}. */
@FunctionalInterface
public interface Desk {
  /**
   * Begins an alert.
   *
   * @param drools the rule that is firing: write {@code desk.alert(drools)}
   */
  Ruling alert(Object drools);
}
