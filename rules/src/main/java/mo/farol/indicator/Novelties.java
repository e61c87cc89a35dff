package mo.farol.indicator;

import java.util.List;
import java.util.Set;

/**
 * Takes indicators that were not there before, to look back for them. Values that count only
 * together with others, as AND of a pattern joins them, are not among them.
 */
@FunctionalInterface
public interface Novelties {
  /** Nobody looks back. */
  Novelties NONE = _ -> {};

  /**
   * One of them.
   *
   * @param agencies whose events it counts for; empty for everybody's
   */
  record Novelty(Indicator indicator, Set<String> agencies) {
    public Novelty {
      agencies = Set.copyOf(agencies);
    }
  }

  /**
   * Told of some, a thousand at most, on the thread that keeps the indicators fresh. Where this
   * throws, the same are told again later; what returns is not told again, across restarts too.
   */
  void found(List<Novelty> some);

  /** These as a set to look back with: for the same agencies, until the same time. */
  static IndicatorSet set(List<Novelty> some) {
    var set = new IndicatorSetBuilder(WarningLists.none());
    some.forEach(set::add);
    return set.build();
  }
}
