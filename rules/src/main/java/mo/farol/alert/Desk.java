package mo.farol.alert;

/** What a decision rule may do, known to it as {@code desk}. */
public interface Desk {
  /** Figures that rules read instead of carrying them in their text. */
  Policy policy();

  /**
   * Begins an alert.
   *
   * @param drools the rule that is firing: write {@code desk.alert(drools)}
   */
  Ruling alert(Object drools);

  /**
   * Treats an alert about to go out.
   *
   * @param drools the rule that is firing: write {@code desk.treat(drools, $draft)}
   * @param draft the alert
   */
  Treating treat(Object drools, Draft draft);
}
