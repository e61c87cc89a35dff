package mo.farol.indicator;

import java.util.List;
import java.util.Set;

/** Takes indicators that were not there before, to look back for them. */
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
}
