package mo.farol.indicator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to look for, and who says so. Where several sources name one value, this is what those that
 * count for the event say together.
 *
 * @param id the source's own id; alternatives of one STIX pattern share it. Where the source gives
 *     none, one made from source, kind and value
 * @param value in the form in which values are compared: lower case, no trailing dot, a URL without
 *     {@code http://} or {@code https://}
 * @param sources names of the sources, in the order in which they were read
 * @param confidence 0 to 100, the highest of the sources
 * @param tlp the strictest of the sources
 * @param validFrom when it begins to be true, as the source says; before that it is no hit, and
 *     once it has come events of before are
 * @param validUntil the end of its term; an event that occurred at it or later is no hit
 * @param labels of all sources
 */
public record Indicator(
    String id,
    Kind kind,
    String value,
    List<String> sources,
    int confidence,
    Tlp tlp,
    Optional<Instant> validFrom,
    Optional<Instant> validUntil,
    List<String> labels) {
  public Indicator {
    sources = List.copyOf(sources);
    labels = List.copyOf(labels);
    if (confidence < 0 || confidence > 100) {
      throw new IllegalArgumentException("confidence is 0 to 100, not " + confidence);
    }
  }
}
