package mo.farol.alert;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import mo.farol.sigma.Level;

/**
 * What decision rules ask about alerts of several agencies, handed over as accumulate collects
 * them: an untyped list.
 */
public final class Campaign {
  private Campaign() {}

  /** Whether so many agencies are among them. */
  public static boolean isOf(Object alerts, int agencies) {
    var seen = new HashSet<String>();
    for (Object fact : (Collection<?>) alerts) {
      if (seen.add(((AlertFact) fact).agency()) && seen.size() >= agencies) {
        return true;
      }
    }
    return seen.size() >= agencies;
  }

  /** Ids of the agencies, in order. */
  public static Collection<String> agencies(Object alerts) {
    var ids = new TreeSet<String>();
    facts(alerts).forEach(fact -> ids.add(fact.agency()));
    return ids;
  }

  /** The agencies in one line. */
  public static String names(Object alerts) {
    return String.join(", ", agencies(alerts));
  }

  /** The gravest level among them. */
  public static Level level(Object alerts) {
    return facts(alerts).stream()
        .map(fact -> fact.alert().severity())
        .max(Comparator.naturalOrder())
        .orElse(Level.MEDIUM);
  }

  /** The alerts as facts, by time. */
  public static List<AlertFact> facts(Object alerts) {
    return ((Collection<?>) alerts)
        .stream()
            .map(AlertFact.class::cast)
            .sorted(Comparator.comparingLong(AlertFact::at).thenComparing(AlertFact::agency))
            .toList();
  }
}
