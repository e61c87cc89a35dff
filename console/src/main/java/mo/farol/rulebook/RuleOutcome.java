package mo.farol.rulebook;

import java.util.List;

/**
 * What came of an act on rules.
 *
 * @param refused why nothing came into force; empty where it did
 */
public record RuleOutcome(List<Refused> refused) {
  /** Whether it was done. */
  public boolean isDone() {
    return refused.isEmpty();
  }
}
