package mo.farol.hunt;

import java.util.Optional;
import mo.farol.indicator.IndicatorSet;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.RuleBook;

/** What is hunted. */
public sealed interface Quarry {
  /**
   * Events that rules match.
   *
   * @param book the rules; its correlations count nothing here
   * @param settings names of fields and log sources, as live detection has them
   * @param against rules as they were before: what they match is compared
   */
  record Rules(RuleBook book, RuleSettings settings, Optional<RuleBook> against)
      implements Quarry {}

  /** Events that hold an indicator. */
  record Indicators(IndicatorSet set) implements Quarry {}
}
