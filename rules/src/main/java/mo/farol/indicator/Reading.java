package mo.farol.indicator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.Excerpt;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * One source while it is read: takes what a reader finds to the set being built and counts what
 * becomes of it, so that nothing is left out unsaid.
 */
final class Reading {
  private static final int MOST_REASONS = 200;
  private static final int MOST_LABELS = 16;
  private static final int LONGEST_LABEL = 100;
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_REASON = 400;
  private static final long FARTHEST = 253_402_300_799L; // the end of the year 9999, in seconds

  private final IndicatorSource source;
  private final Instant listedAt;
  private final Instant now;
  private final IndicatorSetBuilder set;
  private final Map<Kind, Integer> live = new EnumMap<>(Kind.class);
  private final Map<String, Integer> muted = new LinkedHashMap<>();
  private final Map<String, Integer> passedOver = new LinkedHashMap<>();
  private final Map<String, Integer> warned = new LinkedHashMap<>();
  private final Map<String, Integer> refused = new LinkedHashMap<>();
  private final List<SourceReport.Refusal> refusals = new ArrayList<>();
  private int expired;
  private boolean isWhole = true;

  /**
   * Begins a source.
   *
   * @param listedAt the time of the file
   * @param now to tell what has expired already
   */
  Reading(IndicatorSource source, Instant listedAt, Instant now, IndicatorSetBuilder set) {
    this.source = source;
    this.listedAt = listedAt;
    this.now = now;
    this.set = set;
  }

  IndicatorSource source() {
    return source;
  }

  /** A number for values of which one event must show all. */
  int group(int values) {
    return set.group(values);
  }

  /** An indicator at a place of the source, its value as written there. */
  void found(String place, Kind kind, String value, Said said) {
    try {
      var key = Key.of(kind, value);
      if (kind == Kind.DOMAIN && PublicSuffixes.isOne(key.text())) {
        throw new Unreadable("a public suffix: everything below it would match");
      }
      take(place, key, said);
    } catch (Unreadable e) {
      refuse(place, kind.word() + ": " + e.reason());
    }
  }

  private void take(String place, Key key, Said said) {
    Instant until = until(said);
    String id = said.id().length() > LONGEST_ID ? "" : said.id();
    var taken = set.add(key, terms(said), id, micros(said.from()), micros(until));
    switch (taken) {
      case LIVE -> live.merge(key.kind(), 1, Integer::sum);
      case MUTED -> count(muted, set.reason(key));
      case FULL ->
          refuse(
              place,
              "the set is full: at most "
                  + IndicatorSet.LIMIT
                  + " values, and a fifth of the memory of the process, are held");
      case ONE_LEFT_OUT -> {
        live.merge(key.kind(), 1, Integer::sum);
        warn("of a value named in many ways the most confident and newest are held");
      }
    }
    if (taken != IndicatorSetBuilder.Taken.FULL && until != null && !now.isBefore(until)) {
      expired++;
    }
  }

  private @Nullable Instant until(Said said) {
    if (said.until() != null || source.expiry().isEmpty()) {
      return said.until();
    }
    Instant from = Optional.ofNullable(said.from()).orElse(listedAt);
    return from.plus(source.expiry().get());
  }

  private static long micros(@Nullable Instant time) {
    if (time == null || Math.abs(time.getEpochSecond()) > FARTHEST) {
      return Claims.NONE;
    }
    return Micros.of(time);
  }

  private Terms terms(Said said) {
    var labels =
        said.labels().stream()
            .filter(l -> !l.isBlank())
            .distinct()
            .limit(MOST_LABELS)
            .map(l -> Excerpt.shown(l, LONGEST_LABEL))
            .toList();
    int confidence = said.confidence() < 0 ? source.confidence() : said.confidence();
    Tlp tlp = said.tlp() == null ? source.tlp() : said.tlp();
    return new Terms(
        source.name(),
        Math.min(100, confidence),
        tlp,
        labels,
        source.agencies(),
        said.group(),
        said.part());
  }

  /** An entry that can't be read, with the reason for the one who wrote it. */
  void refuse(String place, String reason) {
    String said = Excerpt.shown(reason, LONGEST_REASON);
    count(refused, said);
    if (refusals.size() < SourceReport.SHOWN) {
      refusals.add(new SourceReport.Refusal(Excerpt.shown(place, LONGEST_REASON), said));
    }
  }

  /** The source can't be read from here on, or at all. */
  void breakOff(String why) {
    isWhole = false;
    refuse("", "can't be read to its end: " + why);
  }

  /** A well-formed entry that is nothing to look for. */
  void passOver(String reason) {
    count(passedOver, reason);
  }

  /** An entry of which a part is not looked at. */
  void warn(String reason) {
    count(warned, reason);
  }

  private static void count(Map<String, Integer> counts, String reason) {
    boolean isRoom = counts.size() < MOST_REASONS || counts.containsKey(reason);
    counts.merge(isRoom ? Excerpt.shown(reason, LONGEST_REASON) : "other reasons", 1, Integer::sum);
  }

  SourceReport report() {
    return new SourceReport(
        source,
        new EnumMap<>(live),
        new LinkedHashMap<>(muted),
        expired,
        new LinkedHashMap<>(passedOver),
        new LinkedHashMap<>(warned),
        new LinkedHashMap<>(refused),
        List.copyOf(refusals),
        isWhole);
  }
}
