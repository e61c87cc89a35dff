package mo.farol.hunt;

import java.time.Duration;
import java.util.HashMap;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.SigmaCorrelation;

/**
 * How long before a time its events must be counted, so that windows that are open at its beginning
 * hold what live ones would.
 */
final class Lookback {
  private static final int SPANS = 3; // after so many without a hit a window forgets its group

  private Lookback() {}

  /** That of all that is hunted; zero where nothing is counted. */
  static Duration of(HuntTarget.Rules rules) {
    var before = rules.against().map(Lookback::of).orElse(Duration.ZERO);
    return longer(of(rules.book()), before);
  }

  // What is counted by another was itself counted before.
  private static Duration of(RuleBook book) {
    var reaches = new HashMap<String, Duration>();
    var longest = Duration.ZERO;
    for (var each : book.correlations()) { // those referred to come first
      var below = Duration.ZERO;
      for (String rule : each.rules()) {
        below = longer(below, reaches.getOrDefault(rule, Duration.ZERO));
      }
      var reach = own(each).plus(below);
      reaches.put(each.ref().id(), reach);
      longest = longer(longest, reach);
    }
    return longest;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private static Duration own(SigmaCorrelation each) {
    return each.type().learns() || each.isDecidedAtTheEnd()
        ? each.span().multipliedBy(SPANS).plus(each.learn())
        : each.span();
  }
}
