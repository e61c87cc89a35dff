package mo.farol.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.alert.Alert;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Covers by agency, as the detection thread asks them: all that are open, and some that are over,
 * for events of their time that come late. Never changes: a new one is another.
 *
 * @param back how long after its end one is still asked
 * @param most how many of an agency, but all that are open
 */
record HeldCovers(Map<String, List<FittedCover>> byAgency, Duration back, int most) {
  private static final Logger LOG = LoggerFactory.getLogger(HeldCovers.class);

  static HeldCovers of(List<SuppressionRule> covers, Duration back, int most) {
    var byAgency = new HashMap<String, List<FittedCover>>();
    for (var cover : covers) {
      try {
        byAgency.computeIfAbsent(cover.agency(), _ -> new ArrayList<>()).add(FittedCover.of(cover));
      } catch (IllegalArgumentException e) {
        LOG.warn("{} hides nothing: {}", cover.key(), e.getMessage());
      }
    }
    return new HeldCovers(byAgency, back, most);
  }

  /** What covers an alert: an exception before a maintenance, an older before. */
  Optional<SuppressionRule> cover(
      String agency, String rule, List<Alert.Entity> entities, Instant at, Instant now) {
    return Stream.of(agency, "*")
        .flatMap(of -> byAgency.getOrDefault(of, List.of()).stream())
        .filter(c -> c.isAsked(now, back) && c.cover().isInForce(at))
        .filter(c -> c.fits(agency, rule, entities, at))
        .map(FittedCover::cover)
        .min(Comparator.comparing(SuppressionRule::kind).thenComparingLong(SuppressionRule::id));
  }

  /** One that is open. */
  Optional<SuppressionRule> open(long id, Instant now) {
    return byAgency.values().stream()
        .flatMap(List::stream)
        .map(FittedCover::cover)
        .filter(c -> c.id() == id && c.isOpen(now))
        .findFirst();
  }

  /** These with one more, or with one that has changed. */
  HeldCovers with(SuppressionRule changed, Instant now) {
    var all = new HashMap<>(byAgency);
    var ofAgency =
        Stream.concat(
                all.getOrDefault(changed.agency(), List.of()).stream()
                    .filter(c -> c.cover().id() != changed.id()),
                Stream.of(FittedCover.of(changed)))
            .filter(c -> c.isAsked(now, back))
            .sorted(Comparator.comparing((FittedCover c) -> c.cover().end()).reversed())
            .toList();
    var kept = new ArrayList<FittedCover>();
    for (var one : ofAgency) {
      if (kept.size() < most || one.cover().isOpen(now)) {
        kept.add(one);
      }
    }
    all.put(changed.agency(), kept);
    return new HeldCovers(all, back, most);
  }
}
