package mo.farol.alert;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import mo.farol.sigma.Level;

/**
 * What decision rules ask about what several agencies show, handed over as accumulate collects
 * them: an untyped list.
 */
public final class Campaign {
  private Campaign() {}

  /** Whether so many agencies are among them. */
  public static boolean isOf(Object sightings, int agencies) {
    var seen = new HashSet<String>();
    for (Object fact : (Collection<?>) sightings) {
      if (seen.add(((SightingFact) fact).agency()) && seen.size() >= agencies) {
        return true;
      }
    }
    return seen.size() >= agencies;
  }

  /** Ids of the agencies, in order. */
  public static Collection<String> agencies(Object sightings) {
    var ids = new TreeSet<String>();
    facts(sightings).forEach(fact -> ids.add(fact.agency()));
    return ids;
  }

  /** The agencies in one line. */
  public static String names(Object sightings) {
    return String.join(", ", agencies(sightings));
  }

  /** The gravest level among them. */
  public static Level level(Object sightings) {
    return facts(sightings).stream()
        .map(fact -> fact.alert().severity())
        .max(Comparator.naturalOrder())
        .orElse(Level.MEDIUM);
  }

  /** The facts, by time. */
  public static List<SightingFact> facts(Object sightings) {
    return ((Collection<?>) sightings)
        .stream()
            .map(SightingFact.class::cast)
            .sorted(Comparator.comparingLong(SightingFact::at).thenComparing(SightingFact::agency))
            .toList();
  }
}
