package mo.farol.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import mo.farol.event.EventId;
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

  /** Whether an alert stands that the verdict would join. */
  boolean isKnown(Verdict verdict, Lane lane) {
    var known =
        of(lane)
            .newest()
            .get(new Key(verdict.rule().id(), verdict.rule().version(), verdict.group()));
    return known != null && isNear(known.alert(), verdict);
  }

  private Optional<Standing> next(
      @Nullable Standing before, Verdict verdict, Lane lane, Instant raisedAt) {
    if (before == null || !isNear(before.alert(), verdict)) {
      return Optional.of(new Standing(Raising.raise(verdict, lane, raisedAt), Optional.empty()));
    }
    var all = verdict.events();
    var fresh = before.after().map(after -> Raising.since(all, after)).orElse(all);
    if (closed.test(before.alert().id())) {
      var seen = before.alert().events().getLast();
      return Raising.goOn(before.alert(), verdict, fresh, lane, raisedAt)
          .map(alert -> new Standing(alert, Optional.of(seen)));
    }
    long atLeast = before.after().isEmpty() ? verdict.mostCounted() : 0;
    return Raising.grow(before.alert(), verdict, fresh, atLeast)
        .map(alert -> new Standing(alert, before.after()));
  }

  private boolean isOfThePast(Verdict verdict, @Nullable Standing newest) {
    return newest != null
        && verdict.lastAt() < newest.alert().firstAt().toEpochMilli()
        && !isNear(newest.alert(), verdict);
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

  private static Key key(Alert alert) {
    return new Key(alert.rule().id(), alert.rule().version(), alert.group());
  }
}
