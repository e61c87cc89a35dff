package mo.farol.indicator;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes indicators that were not there before, to look back for them. */
@FunctionalInterface
public interface Novelties {
  /** Nobody looks back. */
  Novelties NONE = _ -> {};

  /** A value of a kind, in the form in which values are compared. */
  record Value(Kind kind, String value) {}

  /**
   * One of them.
   *
   * @param agencies whose events it counts for; empty for everybody's
   * @param together of values that count only together, as AND of a pattern joins them, the parts:
   *     one event must show each, by any of its values. Empty for a value alone
   */
  record Novelty(Indicator indicator, Set<String> agencies, List<List<Value>> together) {
    public Novelty {
      agencies = Set.copyOf(agencies);
      together = together.stream().map(List::copyOf).toList();
    }

    /** A value that counts alone. */
    public Novelty(Indicator indicator, Set<String> agencies) {
      this(indicator, agencies, List.of());
    }

    /** What is looked for, for people: {@code 192.0.2.7 AND (a.test OR b.test)}. */
    public String text() {
      return together.isEmpty()
          ? indicator.value()
          : together.stream().map(Novelty::either).collect(Collectors.joining(" AND "));
    }

    private static String either(List<Value> part) {
      var all = part.stream().map(Value::value).collect(Collectors.joining(" OR "));
      return part.size() == 1 ? all : "(" + all + ")";
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
