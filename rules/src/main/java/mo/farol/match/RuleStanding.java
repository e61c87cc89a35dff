package mo.farol.match;

import mo.farol.sigma.RuleRef;

/**
 * How a rule does, since it was loaded.
 *
 * @param rule which text of which rule
 * @param asked times the index thought it worth asking
 * @param matches events that matched
 * @param measured times it was asked with a clock beside it: a sample, and every time after an
 *     event that took long
 * @param measuredNanos what those took
 * @param state whether it is still asked
 * @param isNoisy whether it once matched more than half of 10,000 events in a row
 */
public record RuleStanding(
    RuleRef rule,
    long asked,
    long matches,
    long measured,
    long measuredNanos,
    State state,
    boolean isNoisy) {
  /** Whether a rule is asked. */
  public enum State {
    AT_WORK,
    /** Threw too often; asked no more until its text changes or Farol starts again. */
    BROKEN,
    /**
     * Took more than its time budget; asked no more until its text changes or Farol starts again.
     */
    QUARANTINED
  }

  /** Mean time of being asked, 0 where it was never measured. */
  public long meanNanos() {
    return measured == 0 ? 0 : measuredNanos / measured;
  }
}
