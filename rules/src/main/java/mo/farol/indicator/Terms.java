package mo.farol.indicator;

import java.util.List;
import java.util.Set;

/**
 * What a source says of many of its indicators alike.
 *
 * @param agencies whose events they count for; empty for everybody's
 */
record Terms(String source, int confidence, Tlp tlp, List<String> labels, Set<String> agencies) {
  Terms {
    labels = List.copyOf(labels);
    agencies = Set.copyOf(agencies);
  }

  boolean countFor(String agency) {
    return agencies.isEmpty() || agencies.contains(agency);
  }
}
