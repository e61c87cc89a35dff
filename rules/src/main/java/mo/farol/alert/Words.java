package mo.farol.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import mo.farol.event.EventId;
import mo.farol.sigma.Figures;
import mo.farol.sigma.RuleRef;
import mo.farol.silence.Trouble;

/** The why of an alert, fact by fact, in sentences. */
final class Words {
  private Words() {}

  static String of(DetectionFact fact) {
    var detection = fact.detection();
    String because =
        detection.because().isEmpty()
            ? values(fact.entities())
            : Bounded.text(String.join("; ", detection.because()), 400);
    String times = fact.count() == 1 ? "" : fact.count() + " times, ";
    return "%s matched %s%s at %s: %s"
        .formatted(rule(fact.rule()), times, events(fact.events()), time(fact.at()), because);
  }

  static String of(CrossingFact fact) {
    var crossing = fact.crossing();
    String threshold = fact.card().threshold();
    return "%s counted %s%s (%d events)%s for %s, from %s to %s%s: %s"
        .formatted(
            rule(fact.rule()),
            crossing.partial() ? "at least " : "",
            Figures.text(crossing.value()),
            crossing.count(),
            threshold.isEmpty() ? "" : ", threshold " + threshold + ",",
            group(fact),
            time(fact.firstAt()),
            time(fact.at()),
            crossing.timed() ? ", when that time was over" : "",
            events(fact.events()));
  }

  // Strictly marked ones are told by what the event itself holds; who may know more finds them on
  // the page of indicators.
  static String of(IndicatorFact fact) {
    String seen =
        "%s=%s, %s%s at %s"
            .formatted(
                fact.seenIn(),
                Bounded.text(fact.sighting().hit().value(), 120),
                fact.count() == 1 ? "" : fact.count() + " times, ",
                events(fact.events()),
                time(fact.at()));
    return fact.isTold()
        ? "indicator %s %s (%s; source %s, confidence %d, TLP:%s) was seen in %s"
            .formatted(
                fact.kind(),
                Bounded.text(fact.value(), 200),
                fact.id(),
                Bounded.text(fact.source(), 200),
                fact.confidence(),
                fact.tlp().toUpperCase(Locale.ROOT),
                seen)
        : "an indicator marked TLP:%s was seen in %s"
            .formatted(fact.tlp().toUpperCase(Locale.ROOT), seen);
  }

  static String of(SilenceFact fact) {
    var silence = fact.silence();
    String heard =
        "%s of %s was last heard at %s with event %d"
            .formatted(
                silence.source().host(),
                silence.source().agency(),
                time(silence.lastAt().toEpochMilli()),
                silence.lastSequence());
    return heard + "; " + against(silence.trouble(), silence.expected()) + dayOff(fact);
  }

  private static String dayOff(SilenceFact fact) {
    return fact.isDayOff() ? "; it did not begin, as on its days off" : "";
  }

  private static String against(Trouble trouble, Duration pause) {
    return switch (trouble.kind()) {
      case SILENT -> "a pause of up to %s is usual".formatted(duration(pause));
      case PARTIAL ->
          "its program %s says nothing since %s, while the host goes on"
              .formatted(trouble.what(), time(trouble.since().toEpochMilli()));
      case FALL, SURGE ->
          "%.0f events came in an hour, %.0f are usual at this hour of the week"
              .formatted(trouble.seen(), trouble.expected());
      case DRIFT ->
          "its clock is %.0f s off, it was %.0f s".formatted(trouble.seen(), trouble.expected());
    };
  }

  static String of(Alert alert) {
    return "agency %s: alert %s '%s' (%s), %d events from %s to %s, %s"
        .formatted(
            alert.agency(),
            alert.id(),
            alert.title(),
            alert.severity().word(),
            alert.count(),
            time(alert.firstAt().toEpochMilli()),
            time(alert.lastAt().toEpochMilli()),
            values(alert.entities()));
  }

  /** A span as people say it. */
  static String duration(Duration span) {
    long seconds = span.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds % 3600 == 0 ? seconds / 3600 + " h" : Math.round(seconds / 60.0) + " min";
  }

  static String rule(RuleRef rule) {
    return "rule '%s' (%s, version %s)".formatted(rule.title(), rule.id(), rule.version());
  }

  private static String group(CrossingFact fact) {
    String group =
        fact.crossing().group().entrySet().stream()
            .map(e -> e.getKey() + "=" + Bounded.text(e.getValue(), 120))
            .collect(Collectors.joining(", "));
    return group.isEmpty() ? "the whole agency" : group;
  }

  private static String values(List<Alert.Entity> entities) {
    return entities.stream()
        .limit(6)
        .map(e -> e.field() + "=" + Bounded.text(e.value(), 120))
        .collect(Collectors.joining(", "));
  }

  private static String events(List<EventId> ids) {
    return switch (ids.size()) {
      case 0 -> "no event";
      case 1 -> "event " + ids.getFirst();
      case 2, 3, 4 ->
          "events " + ids.stream().map(EventId::toString).collect(Collectors.joining(", "));
      default -> "events %s … %s".formatted(ids.getFirst(), ids.getLast());
    };
  }

  private static Instant time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MILLIS);
  }
}
