package mo.farol.hunt;

import java.util.Optional;
import java.util.Set;
import mo.farol.indicator.IndicatorSet;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.RuleBook;

/** What is hunted. */
public sealed interface HuntTarget {
  /**
   * Events that rules match.
   *
   * @param book the rules, and correlations with all that they refer to
   * @param settings names of fields and log sources, as live detection has them
   * @param against rules as they were before: what they find is compared
   * @param beside ids of those that are there since others refer to them: they are not told
   */
  record Rules(RuleBook book, RuleSettings settings, Optional<RuleBook> against, Set<String> beside)
      implements HuntTarget {
    public Rules {
      beside = Set.copyOf(beside);
    }

    public Rules(RuleBook book, RuleSettings settings, Optional<RuleBook> against) {
      this(book, settings, against, Set.of());
    }

    /** Whether something of it is counted over time. */
    public boolean counts() {
      return !book.correlations().isEmpty()
          || against.filter(before -> !before.correlations().isEmpty()).isPresent();
    }
  }

  /** Events that hold an indicator. */
  record Indicators(IndicatorSet set) implements HuntTarget {}
}
