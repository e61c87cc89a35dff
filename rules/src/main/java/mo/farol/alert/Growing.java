package mo.farol.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.event.EventId;
import mo.farol.sigma.Level;

/** Alerts that may still grow, by lane, rule and group. */
final class Growing {
  /** Alerts of one lane kept at most; what comes to the one grown longest ago is a new alert. */
  static final int KEPT = 50_000;

  private record Key(String rule, String version, String group) {}

  private final Map<Lane, Map<Key, Alert>> lanes = new HashMap<>();
  private final long groupingMillis;

  Growing(Duration grouping) {
    groupingMillis = grouping.toMillis();
  }

  /** Takes up an alert kept before. */
  void resume(Alert alert) {
    var lane = new Lane(alert.agency(), alert.lane(), alert.exercise());
    of(lane).merge(key(alert), alert, (a, b) -> a.lastAt().isAfter(b.lastAt()) ? a : b);
  }

  /** The alerts of every agency in a lane. */
  List<Alert> of(String lane, boolean exercise) {
    return lanes.entrySet().stream()
        .filter(e -> e.getKey().lane().equals(lane) && e.getKey().exercise() == exercise)
        .flatMap(e -> e.getValue().values().stream())
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
    var standing = alerts.get(key);
    var next =
        standing == null || !isNear(standing, verdict)
            ? Optional.of(raise(verdict, lane, raisedAt))
            : grow(standing, verdict);
    next.ifPresent(alert -> alerts.put(key, alert));
    return next;
  }

  /** Forgets the alerts of a lane that can't grow any more at this time. */
  void prune(Lane lane, long now) {
    var oldest = of(lane).values().iterator();
    while (oldest.hasNext() && now - oldest.next().lastAt().toEpochMilli() > 2 * groupingMillis) {
      oldest.remove(); // in order of growth: behind the first that stays there is next to nothing
    }
  }

  private Map<Key, Alert> of(Lane lane) {
    return lanes.computeIfAbsent(lane, _ -> new Kept());
  }

  private static final class Kept extends LinkedHashMap<Key, Alert> {
    private static final long serialVersionUID = 1;

    Kept() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, Alert> eldest) {
      return size() > KEPT;
    }
  }

  private boolean isNear(Alert alert, Verdict verdict) {
    return verdict.firstAt() - alert.lastAt().toEpochMilli() <= groupingMillis
        && alert.firstAt().toEpochMilli() - verdict.lastAt() <= groupingMillis;
  }

  private static Alert raise(Verdict verdict, Lane lane, Instant raisedAt) {
    var events = verdict.events();
    return new Alert(
        id(verdict, lane),
        verdict.title(),
        verdict.level(),
        verdict.agency(),
        verdict.rule(),
        verdict.techniques(),
        verdict.entities(),
        Instant.ofEpochMilli(verdict.firstAt()),
        Instant.ofEpochMilli(verdict.lastAt()),
        raisedAt,
        events.size() + verdict.unlisted(),
        Bounded.newest(events),
        verdict.why(),
        Alert.Status.OPEN,
        lane.lane(),
        lane.exercise(),
        verdict.group());
  }

  private static Optional<Alert> grow(Alert alert, Verdict verdict) {
    var fresh = verdict.events();
    fresh.removeIf(event -> isCounted(alert, event));
    if (fresh.isEmpty()) {
      return Optional.empty();
    }
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
            alert.count() + fresh.size(),
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
  private static String id(Verdict verdict, Lane lane) {
    String identity =
        String.join(
            "\u001e",
            verdict.rule().id(),
            verdict.rule().version(),
            lane.agency(),
            lane.lane(),
            Boolean.toString(lane.exercise()),
            verdict.group(),
            Long.toString(verdict.firstAt()));
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha.digest(identity.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
