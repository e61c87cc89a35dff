package mo.farol.alert;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The sessions that are open, one a lane, within a bound: where one more is needed, that of an
 * import goes first, the one touched longest ago. Belongs to the desk's thread.
 */
final class SessionPool implements AutoCloseable {
  private final DeskConfig config;
  private final InstantSource clock;
  private final Growing growing;
  private final Function<Lane, DecisionSession> sessions;
  private final Counter overflow;
  private final Counter evicted;
  private final Map<Lane, LaneDesk> lanes = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Lane, Instant> touched = new LinkedHashMap<>();
  private boolean leaving;

  /**
   * @param growing alerts that stand, which a session that is opened finds
   * @param sessions makes the session of a lane
   */
  SessionPool(
      DeskConfig config,
      InstantSource clock,
      Growing growing,
      Function<Lane, DecisionSession> sessions,
      MeterRegistry meters) {
    this.config = config;
    this.clock = clock;
    this.growing = growing;
    this.sessions = sessions;
    overflow = meters.counter("farol_alert_overflow_facts_total");
    evicted = meters.counter("farol_alert_evicted_sessions_total");
    meters.gauge("farol_alert_sessions", lanes, Map::size);
  }

  /** The desk of a lane, which is opened where it is not. */
  LaneDesk of(Lane key) {
    touched.put(key, clock.instant());
    var open = lanes.get(key);
    return open != null ? open : open(key);
  }

  // A session that comes late, or again, finds the alerts that stand in its lane.
  private LaneDesk open(Lane key) {
    makeRoom();
    var session = sessions.apply(key);
    var lane = new LaneDesk(session, config, overflow::increment);
    lanes.put(key, lane);
    growing.of(key.lane(), key.exercise()).stream()
        .filter(alert -> concerns(key, alert) && alert.status() != Alert.Status.SUPPRESSED)
        .sorted(Comparator.comparing(Alert::lastAt).thenComparing(Alert::id))
        .map(AlertFact::of)
        .forEach(key.isNational() ? lane::reported : lane::standing);
    return lane;
  }

  private static boolean concerns(Lane key, Alert alert) {
    return !alert.agency().equals(Alert.NATIONAL)
        && (key.isNational() || key.agency().equals(alert.agency()));
  }

  // Imports first, the one touched longest ago; what it holds back goes out before.
  private void makeRoom() {
    if (leaving || lanes.size() < config.sessions()) {
      return;
    }
    var eldest =
        lanes.keySet().stream()
            .filter(key -> !key.lane().isEmpty())
            .findFirst()
            .orElseGet(() -> lanes.keySet().iterator().next());
    leaving = true; // what the flush raises may need a session itself
    of(eldest).flush();
    leaving = false;
    evicted.increment();
    close(eldest);
  }

  /** Does a work in lanes. It may raise alerts, and they touch, open and close lanes. */
  void each(Predicate<Lane> which, Consumer<LaneDesk> work) {
    for (var entry : List.copyOf(lanes.entrySet())) {
      if (which.test(entry.getKey()) && lanes.get(entry.getKey()) == entry.getValue()) {
        work.accept(entry.getValue());
      }
    }
  }

  /** Moves the clocks of live lanes on. */
  void advance(Duration elapsed) {
    for (var entry : List.copyOf(lanes.entrySet())) {
      if (entry.getKey().lane().isEmpty()) {
        entry.getValue().advance(elapsed.toMillis());
      }
    }
  }

  /** Puts a new session in the place of each, which knows what that knew. */
  void renew() {
    lanes.forEach((key, lane) -> lane.use(sessions.apply(key)));
    each(_ -> true, LaneDesk::resume);
  }

  /** Sessions open now. */
  int size() {
    return lanes.size();
  }

  /** Closes sessions that are long idle. */
  void closeIdle() {
    var limit = clock.instant().minus(config.idle());
    for (var entry : List.copyOf(touched.entrySet())) {
      if (entry.getValue().isBefore(limit)) {
        close(entry.getKey());
        growing.over(entry.getKey());
      }
    }
  }

  private void close(Lane key) {
    touched.remove(key);
    var lane = lanes.remove(key);
    if (lane != null) {
      lane.close();
    }
  }

  @Override
  public void close() {
    lanes.values().forEach(LaneDesk::close);
    lanes.clear();
  }
}
