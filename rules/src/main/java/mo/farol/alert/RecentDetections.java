package mo.farol.alert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one lane did lately that is too slight to reason about: kept outside of the session by host
 * and user, and handed over once an indicator is seen there, within {@value #SPAN} milliseconds.
 * The other way round as well: hosts and users of indicators, for what they do next.
 */
final class RecentDetections {
  static final long SPAN = 15 * 60_000;
  private static final int KEPT = 2_048;

  private static final class Newest<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1;

    Newest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > KEPT;
    }
  }

  private final Map<String, DetectionFact> slight = new Newest<>();
  private final Map<String, Long> sightings = new Newest<>();

  /** Takes a slight detection; whether an indicator was seen where it happened. */
  boolean isExpected(DetectionFact fact) {
    boolean isExpected = false;
    for (String name : names(fact.host(), fact.user())) {
      Long seen = sightings.get(name);
      isExpected |= seen != null && Math.abs(fact.at() - seen) <= SPAN;
      slight.put(name, fact);
    }
    return isExpected;
  }

  /** Takes an indicator's sighting; gives the slight detections of the same host or user. */
  List<DetectionFact> before(IndicatorFact fact) {
    var names = names(fact.host(), fact.user());
    names.forEach(name -> sightings.put(name, fact.at()));
    return names.stream()
        .map(slight::remove)
        .filter(known -> known != null && Math.abs(fact.at() - known.at()) <= SPAN)
        .distinct()
        .toList();
  }

  private static List<String> names(String host, String user) {
    return Stream.of(
            host.isEmpty() ? "" : "host " + Hosts.shortName(host),
            user.isEmpty() ? "" : "user " + user.toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
