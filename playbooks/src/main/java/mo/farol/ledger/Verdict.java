package mo.farol.ledger;

/** What a person found an alert to be. */
public enum Verdict {
  TRUE_POSITIVE,
  FALSE_POSITIVE,
  BENIGN,
  DUPLICATE
}
