package mo.farol.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mo.farol.event.EventId;
import mo.farol.sigma.Level;
import org.jspecify.annotations.Nullable;

/**
 * Alerts that may still grow, by lane, rule and group. A backlog that comes between live lines has
 * an alert of its own beside the live one.
 */
final class Growing {
  /** Alerts of one lane kept at most; what comes to the one grown longest ago is a new alert. */
  static final int KEPT = 50_000;

  private static final int KEPT_OF_THE_PAST = 2_000;

  private record Key(String rule, String version, String group) {}

  /**
   * @param after events up to this one were another alert's, which people closed
   */
  private record Standing(Alert alert, Optional<EventId> after) {}

  private static final class Slots extends LinkedHashMap<Key, Standing> {
    private static final long serialVersionUID = 1;
    private final int kept;

    Slots(int kept) {
      super(16, 0.75f, true);
      this.kept = kept;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, Standing> eldest) {
      return size() > kept;
    }
  }

  private record Alerts(Slots newest, Slots past) {
    Alerts() {
      this(new Slots(KEPT), new Slots(KEPT_OF_THE_PAST));
    }
  }

  private final Map<Lane, Alerts> lanes = new HashMap<>();
  private final long groupingMillis;
  private final Predicate<String> closed;

  /**
   * @param closed whether people closed the alert of an id
   */
  Growing(Duration grouping, Predicate<String> closed) {
    groupingMillis = grouping.toMillis();
    this.closed = closed;
  }

  /** Takes up an alert kept before. */
  void resume(Alert alert) {
    var lane = new Lane(alert.agency(), alert.lane(), alert.exercise());
    of(lane)
        .newest()
        .merge(
            key(alert),
            new Standing(alert, Optional.empty()),
            (a, b) -> a.alert().lastAt().isAfter(b.alert().lastAt()) ? a : b);
  }

  /** The alerts of every agency in a lane. */
  List<Alert> of(String lane, boolean exercise) {
    return lanes.entrySet().stream()
        .filter(e -> e.getKey().lane().equals(lane) && e.getKey().exercise() == exercise)
        .flatMap(e -> e.getValue().newest().values().stream())
        .map(Standing::alert)
        .toList();
  }

  /**
   * Joins a verdict to the alert it belongs to, or makes a new one.
   *
   * @return empty where the verdict says nothing that the alert didn't count before
   */
  Optional<Alert> take(Verdict verdict, Lane lane, Instant raisedAt) {
    var key = new Key(verdict.rule().id(), verdict.rule().version(), verdict.group());
    var alerts = of(lane);
    var slots = isOfThePast(verdict, alerts.newest().get(key)) ? alerts.past() : alerts.newest();
    var before = slots.get(key);
    var next = next(before, verdict, lane, raisedAt);
    if (next.isPresent()) {
      if (before != null && !isNear(before.alert(), verdict)) {
        alerts.past().put(key, before);
      }
      slots.put(key, next.get());
    }
    return next.map(Standing::alert);
  }

  private Optional<Standing> next(
      @Nullable Standing before, Verdict verdict, Lane lane, Instant raisedAt) {
    if (before == null || !isNear(before.alert(), verdict)) {
      return Optional.of(new Standing(raise(verdict, lane, raisedAt), Optional.empty()));
    }
    var fresh = verdict.events();
    before.after().ifPresent(after -> fresh.headSet(after, true).clear());
    if (closed.test(before.alert().id())) {
      return goOn(before.alert(), verdict, fresh, lane, raisedAt);
    }
    long atLeast = before.after().isEmpty() ? verdict.mostCounted() : 0;
    return grow(before.alert(), verdict, fresh, atLeast)
        .map(alert -> new Standing(alert, before.after()));
  }

  private boolean isOfThePast(Verdict verdict, @Nullable Standing newest) {
    return newest != null
        && verdict.lastAt() < newest.alert().firstAt().toEpochMilli()
        && !isNear(newest.alert(), verdict);
  }

  // What goes on after people closed an alert is another one, of the events that came since.
  private static Optional<Standing> goOn(
      Alert over, Verdict verdict, NavigableSet<EventId> fresh, Lane lane, Instant raisedAt) {
    var seen = over.events().getLast();
    fresh.headSet(seen, true).clear();
    if (fresh.isEmpty()) {
      return Optional.empty();
    }
    String id = id(verdict, lane, over.id());
    return Optional.of(
        new Standing(alert(id, verdict, lane, raisedAt, fresh.size(), fresh), Optional.of(seen)));
  }

  /** Forgets the alerts of a lane that can't grow any more at this time. */
  void prune(Lane lane, long now) {
    var oldest = of(lane).newest().values().iterator();
    while (oldest.hasNext()
        && now - oldest.next().alert().lastAt().toEpochMilli() > 2 * groupingMillis) {
      oldest.remove(); // in order of growth: behind the first that stays there is next to nothing
    }
  }

  /** Forgets an import that is over. */
  void over(Lane lane) {
    if (!lane.lane().isEmpty()) {
      lanes.remove(lane);
    }
  }

  private Alerts of(Lane lane) {
    return lanes.computeIfAbsent(lane, _ -> new Alerts());
  }

  private boolean isNear(Alert alert, Verdict verdict) {
    return verdict.firstAt() - alert.lastAt().toEpochMilli() <= groupingMillis
        && alert.firstAt().toEpochMilli() - verdict.lastAt() <= groupingMillis;
  }

  private static Alert raise(Verdict verdict, Lane lane, Instant raisedAt) {
    var events = verdict.events();
    long count = events.size() + verdict.unlisted();
    return alert(id(verdict, lane, ""), verdict, lane, raisedAt, count, events);
  }

  private static Alert alert(
      String id,
      Verdict verdict,
      Lane lane,
      Instant raisedAt,
      long count,
      NavigableSet<EventId> events) {
    return new Alert(
        id,
        verdict.title(),
        verdict.level(),
        verdict.agency(),
        verdict.rule(),
        verdict.techniques(),
        verdict.entities(),
        Instant.ofEpochMilli(verdict.firstAt()),
        Instant.ofEpochMilli(verdict.lastAt()),
        raisedAt,
        count,
        Bounded.newest(events),
        verdict.why(),
        Alert.Status.OPEN,
        lane.lane(),
        lane.exercise(),
        verdict.group());
  }

  /**
   * @param atLeast events that are known to belong to it
   */
  private static Optional<Alert> grow(
      Alert alert, Verdict verdict, NavigableSet<EventId> fresh, long atLeast) {
    fresh.removeIf(event -> isCounted(alert, event));
    if (fresh.isEmpty()) {
      return Optional.empty();
    }
    long count = Math.max(alert.count() + fresh.size() + verdict.unlistedAlone(), atLeast);
    var first = Instant.ofEpochMilli(verdict.firstAt());
    var last = Instant.ofEpochMilli(verdict.lastAt());
    return Optional.of(
        new Alert(
            alert.id(),
            alert.title(),
            graver(alert.severity(), verdict.level()),
            alert.agency(),
            alert.rule(),
            join(alert.techniques(), verdict.techniques(), 24),
            Entities.join(alert.entities(), verdict.entities()),
            first.isBefore(alert.firstAt()) ? first : alert.firstAt(),
            last.isAfter(alert.lastAt()) ? last : alert.lastAt(),
            alert.raisedAt(),
            count,
            Bounded.join(alert.events(), List.copyOf(fresh)),
            why(alert.why(), verdict.why()),
            alert.status(),
            alert.lane(),
            alert.exercise(),
            alert.group()));
  }

  // An alert lists its newest events only; what is older than those was counted or is too late.
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

  private static List<String> join(List<String> a, List<String> b, int limit) {
    return Stream.concat(a.stream(), b.stream()).distinct().limit(limit).toList();
  }

  private static Key key(Alert alert) {
    return new Key(alert.rule().id(), alert.rule().version(), alert.group());
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
