package mo.farol.alert;

/** Lets tests of pages give risk without a watch. */
public final class Risky {
  private Risky() {}

  /** Counts an alert as a desk would that knows nothing of assets and rules. */
  public static void count(RiskBook book, Alert alert) {
    book.add(alert, 0, 0.5);
  }
}
