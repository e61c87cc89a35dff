package mo.farol.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mo.farol.alert.Alert;
import mo.farol.alert.Hours;
import mo.farol.alert.Patterns;

/**
 * A cover whose hours were read, to be asked about many alerts.
 *
 * @param hours empty for all the time
 */
record FittedCover(SuppressionRule cover, Optional<Hours> hours) {
  /** Reads its hours; throws {@link IllegalArgumentException} that says how they are written. */
  static FittedCover of(SuppressionRule cover) {
    return new FittedCover(
        cover, Optional.of(cover.hours()).filter(h -> !h.isEmpty()).map(Hours::parse));
  }

  /** Whether it is asked: until its end, and as long after it as events may come late. */
  boolean isAsked(Instant now, Duration back) {
    return now.isBefore(cover.end().plus(back));
  }

  /** Whether it covers an alert with its last event at a time, if it holds then. */
  boolean fits(String agency, String rule, List<Alert.Entity> entities, Instant at) {
    return (cover.agency().equals("*") || cover.agency().equals(agency))
        && (cover.rule().isEmpty() || Patterns.fits(cover.rule(), rule))
        && hours.stream().allMatch(h -> h.contains(at))
        && cover.conditions().stream().allMatch(c -> entities.stream().anyMatch(c::fits));
  }
}
