package mo.farol.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.event.EventId;
import mo.farol.sigma.Level;

/** Makes alerts of verdicts: raised, grown, or going on after the one people closed. */
final class Raising {
  private Raising() {}

  /** A new alert of all the verdict's events. */
  static Alert raise(Verdict verdict, Lane lane, Instant raisedAt) {
    var events = verdict.events();
    long count = events.size() + verdict.unlisted();
    return alert(id(verdict, lane, ""), verdict, lane, raisedAt, count, events);
  }

  /** What goes on after people closed an alert is another one, of the events that came since. */
  static Optional<Alert> goOn(
      Alert over, Verdict verdict, List<EventId> fresh, Lane lane, Instant raisedAt) {
    var after = since(fresh, over.events().getLast());
    if (after.isEmpty()) {
      return Optional.empty();
    }
    String id = id(verdict, lane, over.id());
    return Optional.of(alert(id, verdict, lane, raisedAt, after.size(), after));
  }

  /** Those of ids in order that are newer than one. */
  static List<EventId> since(List<EventId> ids, EventId event) {
    int place = Collections.binarySearch(ids, event);
    return ids.subList(place < 0 ? -place - 1 : place + 1, ids.size());
  }

  /**
   * The alert with what is new in a verdict; empty where nothing is.
   *
   * @param maybe the verdict's events that may be new, in order
   * @param atLeast events that are known to belong to it
   */
  static Optional<Alert> grow(Alert alert, Verdict verdict, List<EventId> maybe, long atLeast) {
    var fresh = fresh(alert, maybe);
    if (fresh.isEmpty()) {
      return Optional.empty();
    }
    long count = Math.max(alert.count() + fresh.size() + verdict.unlistedAlone(), atLeast);
    var first = Instant.ofEpochMilli(verdict.firstAt());
    var last = Instant.ofEpochMilli(verdict.lastAt());
    return Optional.of(
        alert
            .change()
            .severity(graver(alert.severity(), verdict.level()))
            .techniques(join(alert.techniques(), verdict.techniques(), 24))
            .entities(Entities.join(alert.entities(), verdict.entities()))
            .at(
                first.isBefore(alert.firstAt()) ? first : alert.firstAt(),
                last.isAfter(alert.lastAt()) ? last : alert.lastAt(),
                alert.raisedAt())
            .events(count, Bounded.join(alert.events(), fresh))
            .why(why(alert.why(), verdict.why()), steps(alert.steps(), verdict.steps()))
            .category(alert.category().isEmpty() ? verdict.category() : alert.category())
            .build());
  }

  private static Alert alert(
      String id, Verdict verdict, Lane lane, Instant raisedAt, long count, List<EventId> events) {
    return Alert.of(id, verdict.agency(), verdict.rule())
        .title(verdict.title())
        .severity(verdict.level())
        .techniques(verdict.techniques())
        .entities(verdict.entities())
        .at(
            Instant.ofEpochMilli(verdict.firstAt()),
            Instant.ofEpochMilli(verdict.lastAt()),
            raisedAt)
        .events(count, Bounded.newest(events))
        .why(verdict.why(), verdict.steps())
        .status(verdict.hidden().isPresent() ? Alert.Status.SUPPRESSED : Alert.Status.OPEN)
        .lane(lane.lane(), lane.exercise())
        .group(verdict.group())
        .category(verdict.category())
        .build();
  }

  // An alert lists its newest events only; what is older than those was counted or is too late.
  private static List<EventId> fresh(Alert alert, List<EventId> maybe) {
    return maybe.stream().filter(event -> !isCounted(alert, event)).toList();
  }

  private static boolean isCounted(Alert alert, EventId event) {
    var events = alert.events();
    return Collections.binarySearch(events, event) >= 0
        || (events.size() == Bounded.EVENTS && event.compareTo(events.getFirst()) < 0);
  }

  private static Level graver(Level a, Level b) {
    return a.isAtLeast(b) ? a : b;
  }

  // What raised it stays; of what came after, the newest.
  private static List<String> why(List<String> before, List<String> now) {
    var steps = new ArrayList<String>();
    for (String step : before) {
      steps.add(step);
      if (step.startsWith(Verdict.DECIDED)) {
        break;
      }
    }
    now.stream().filter(step -> !steps.contains(step)).forEach(steps::add);
    return steps;
  }

  private static List<WhyStep> steps(List<WhyStep> before, List<WhyStep> now) {
    var steps = new ArrayList<WhyStep>();
    for (var step : before) {
      steps.add(step);
      if (step.words().startsWith(Verdict.DECIDED)) {
        break;
      }
    }
    now.stream()
        .filter(step -> steps.stream().noneMatch(s -> s.words().equals(step.words())))
        .limit(Math.max(0, WhySteps.LIMIT - steps.size()))
        .forEach(steps::add);
    return steps;
  }

  private static List<String> join(List<String> a, List<String> b, int limit) {
    return Stream.concat(a.stream(), b.stream()).distinct().limit(limit).toList();
  }

  // The same facts give the same id, whoever replays them.
  private static String id(Verdict verdict, Lane lane, String after) {
    String identity =
        String.join(
            "\u001e",
            verdict.rule().id(),
            verdict.rule().version(),
            lane.agency(),
            lane.lane(),
            Boolean.toString(lane.exercise()),
            verdict.group(),
            Long.toString(verdict.firstAt()),
            after);
    return Digests.sha256(identity).substring(0, 32);
  }
}
