package mo.farol.alert;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import mo.farol.match.Detection;
import mo.farol.sigma.Level;
import mo.farol.silence.Silence;
import mo.farol.window.Crossing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where facts become alerts: a Drools session for each agency and lane, and a national one for each
 * lane that sees the agencies' alerts only. Belongs to one thread.
 */
public final class AlertDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertDesk.class);
  private static final int ROUNDS = 10;
  private static final int RISK_SCORE = 100;
  private static final int CASCADE = 500;

  private volatile DecisionBook book;
  private final Function<String, RuleCard> cards;
  private final DeskConfig config;
  private final InstantSource clock;
  private final Consumer<Alert> out;
  private final Counter overflow;
  private final Counter faults;
  private final Counter evicted;
  private final Policy policy;
  private final RiskBook risk = new RiskBook();
  private TreatmentDesk treatment;
  private volatile AlertContext context = AlertContext.NONE;
  private final Growing growing;
  private final Flood flood;
  private final ConditionProfiler profiler = new ConditionProfiler();
  private final List<Overrun> overruns = new ArrayList<>();
  private final Map<Lane, LaneDesk> lanes = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Lane, Instant> touched = new LinkedHashMap<>();
  private long fresh;
  private boolean leaving;
  private BooleanSupplier sighting = () -> false;
  private int cascade;

  /**
   * @param cards what the rule book says about a rule id
   * @param closed whether people closed the alert of an id
   * @param out takes every new alert, and every new state of one
   */
  public AlertDesk(
      DecisionBook book,
      Function<String, RuleCard> cards,
      DeskConfig config,
      InstantSource clock,
      MeterRegistry meters,
      Predicate<String> closed,
      Consumer<Alert> out) {
    this.book = book;
    this.cards = cards;
    this.config = config;
    this.clock = clock;
    this.out = out;
    faults = meters.counter("farol_alert_rule_faults_total");
    overflow = meters.counter("farol_alert_overflow_facts_total");
    evicted = meters.counter("farol_alert_evicted_sessions_total");
    policy = new Policy(config.campaignAgencies(), RISK_SCORE, config.campaignAgencies());
    treatment = new TreatmentDesk(book, policy, faults, overruns::add);
    growing = new Growing(config.grouping(), closed);
    flood = new Flood(config.alertsPerMinute());
    meters.gauge("farol_alert_sessions", lanes, Map::size);
  }

  /**
   * Takes up the work of an earlier run.
   *
   * @param alerts that may still grow
   * @param next conclusions from events below this sequence alone were drawn then: they fill the
   *     sessions' memory and say nothing
   */
  public void resume(List<Alert> alerts, long next) {
    fresh = next;
    alerts.forEach(growing::resume);
  }

  /** Who is asked about an alert before it goes out. */
  public void heed(AlertContext context) {
    this.context = context;
  }

  /** Takes up the risk that these alerts give. */
  public void remember(List<Alert> alerts) {
    alerts.stream()
        .sorted(Comparator.comparing(Alert::lastAt))
        .forEach(alert -> risks(new Lane(alert.agency(), alert.lane(), alert.exercise()), alert));
  }

  /** The risk of hosts, users and addresses. */
  public RiskBook risk() {
    return risk;
  }

  /** Takes a detection, if it is grave enough or its rule asks for it. */
  public void detected(Detection detection) {
    var card = cards.apply(detection.rule().id());
    boolean grave = detection.level().isAtLeast(Level.MEDIUM) && !card.quiet();
    boolean counts = grave || card.fact();
    if (!counts
        && (card.quiet() || !detection.level().isAtLeast(Level.LOW) || !sighting.getAsBoolean())) {
      return;
    }
    var event = detection.event();
    var lane = lane(new Lane(detection.agency(), detection.lane(), detection.exercise()));
    long at = at(event.occurredAt(), event.receivedAt());
    if (counts) {
      lane.detected(detection, card, at);
    } else {
      lane.slight(detection, card, at);
    }
    settle();
  }

  /**
   * From now on slight detections are remembered, for indicators seen where they happened.
   *
   * @param isLooking whether there are indicators to look for
   */
  void expectSightings(BooleanSupplier isLooking) {
    sighting = isLooking;
  }

  /** Takes an indicator that was seen. */
  void sighted(Sighting sighted) {
    var event = sighted.event();
    lane(new Lane(sighted.hit().agency(), sighted.lane(), sighted.exercise()))
        .sighted(sighted, at(event.occurredAt(), event.receivedAt()));
    settle();
  }

  /** Takes a count past its threshold. */
  public void crossed(Crossing crossing) {
    var card = cards.apply(crossing.rule().id());
    lane(new Lane(crossing.agency(), crossing.lane(), crossing.exercise()))
        .crossed(crossing, card, at(crossing.lastAt(), crossing.lastReceivedAt()));
    settle();
  }

  /** Takes a source gone quiet; live traffic only. */
  public void silent(Silence silence) {
    lane(new Lane(silence.source().agency(), "", false))
        .silent(new SilenceFact(silence.noticedAt().toEpochMilli(), silence));
    settle();
  }

  /** Takes what was found wrong with the centre itself: for the committee. */
  public void found(Finding finding) {
    lane(new Lane(Alert.NATIONAL, "", false)).found(FindingFact.of(finding));
    settle();
  }

  /** Hands on what is held back to be merged: before a checkpoint. */
  public void flush() {
    flush(key -> !key.isNational());
    flush(Lane::isNational); // what the agencies' lanes have just reported
    settle();
  }

  private void flush(Predicate<Lane> which) {
    each(which, LaneDesk::flush);
  }

  // What a lane does may raise alerts, and they touch, open and close lanes.
  private void each(Predicate<Lane> which, Consumer<LaneDesk> work) {
    for (var entry : List.copyOf(lanes.entrySet())) {
      if (which.test(entry.getKey()) && lanes.get(entry.getKey()) == entry.getValue()) {
        work.accept(entry.getValue());
      }
    }
  }

  /** Moves live clocks on while no event does. */
  public void idle(Duration elapsed) {
    for (var entry : List.copyOf(lanes.entrySet())) {
      if (entry.getKey().lane().isEmpty()) {
        entry.getValue().advance(elapsed.toMillis());
      }
    }
    settle();
  }

  /** Sessions open now. */
  public int sessions() {
    return lanes.size();
  }

  @Override
  public void close() {
    profiler.close();
    treatment.close();
    lanes.values().forEach(LaneDesk::close);
    lanes.clear();
  }

  private LaneDesk lane(Lane key) {
    touched.put(key, clock.instant());
    var open = lanes.get(key);
    return open != null ? open : open(key);
  }

  // A session that comes late, or again, finds the alerts that stand in its lane.
  private LaneDesk open(Lane key) {
    makeRoom();
    var session = session(key);
    var lane = new LaneDesk(session, config, overflow::increment);
    lanes.put(key, lane);
    growing.of(key.lane(), key.exercise()).stream()
        .filter(alert -> concerns(key, alert) && alert.status() != Alert.Status.SUPPRESSED)
        .sorted(Comparator.comparing(Alert::lastAt).thenComparing(Alert::id))
        .map(AlertDesk::fact)
        .forEach(key.isNational() ? lane::reported : lane::standing);
    return lane;
  }

  private DecisionSession session(Lane key) {
    return new DecisionSession(
        book, policy, faults, profiler, overruns::add, verdict -> decided(key, verdict));
  }

  /**
   * Puts other decision rules in force: each session gets one beside it that knows what it knows,
   * says nothing about that, and takes its place.
   */
  public void use(DecisionBook other) {
    flush();
    turnTo(other);
    settle();
  }

  private void turnTo(DecisionBook other) {
    book = other;
    treatment.close();
    treatment = new TreatmentDesk(book, policy, faults, overruns::add);
    lanes.forEach((key, lane) -> lane.use(session(key)));
    each(_ -> true, LaneDesk::resume);
  }

  /** The decision rules in force; what was taken out since it cost too much is among its faults. */
  public DecisionBook book() {
    return book;
  }

  // Between two facts, so that no session goes while it fires.
  private void settle() {
    cascade = 0;
    for (int rounds = 0; rounds < ROUNDS && !overruns.isEmpty(); rounds++) {
      var over = List.copyOf(overruns);
      overruns.clear();
      var less = book;
      for (var one : over) {
        LOG.error(
            "decision rule '{}' of {} is out until rules are loaded anew: {}",
            one.rule(),
            one.pkg(),
            one.reason());
        less = less.without(one::isOf, "taken out: " + one.reason());
      }
      turnTo(less);
    }
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
    lane(eldest).flush();
    leaving = false;
    evicted.increment();
    close(eldest);
  }

  private void decided(Lane key, Verdict verdict) {
    if (!verdict.restsOnNoEvent() && verdict.events().last().sequence() < fresh) {
      return;
    }
    var target = verdict.agency().equals(Alert.NATIONAL) ? key.national() : key;
    if (isCascade(verdict, target)) {
      return;
    }
    var treated = treatment.treat(verdict, context);
    var told = growing.isKnown(treated, target) ? treated : flood.thinned(treated, target);
    growing.take(told, target, clock.instant()).ifPresent(alert -> raised(target, alert));
  }

  // Alerts that follow from alerts that follow from alerts, and never an end: the rule goes.
  private boolean isCascade(Verdict verdict, Lane target) {
    boolean follows = verdict.facts().stream().anyMatch(f -> f instanceof AlertBased);
    if (!follows || growing.isKnown(verdict, target) || ++cascade <= CASCADE) {
      return false;
    }
    if (cascade == CASCADE + 1) {
      faults.increment();
      overruns.add(
          new Overrun(
              "",
              verdict.decision().id(),
              "its alerts made it raise more than %d others at once".formatted(CASCADE)));
    }
    return true;
  }

  private void raised(Lane key, Alert alert) {
    out.accept(alert);
    growing.prune(key, alert.lastAt().toEpochMilli());
    if (alert.status() == Alert.Status.SUPPRESSED) {
      return; // counted and kept, but nothing follows from it
    }
    if (!key.isNational()) {
      lane(key).standing(fact(alert));
      lane(key.national()).reported(fact(alert));
      risks(key, alert).forEach(lane(key)::risen);
    }
  }

  // Live and real; what risk itself raised would raise it again.
  private List<RiskFact> risks(Lane key, Alert alert) {
    if (key.isNational()
        || !key.lane().isEmpty()
        || key.exercise()
        || alert.status() == Alert.Status.SUPPRESSED) {
      return List.of();
    }
    if (alert.steps().stream().anyMatch(step -> step.kind() == WhyStep.Kind.RISK)) {
      risk.told(alert);
      return List.of();
    }
    int criticality =
        context.asset(alert.agency(), alert.entities()).map(Asset::criticality).orElse(0);
    double precision = context.precision(alert.agency(), alert.rule().id());
    return risk.add(alert, criticality, precision);
  }

  /** Closes sessions that are long idle. */
  public void closeIdle() {
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

  private long at(Instant occurredAt, Instant receivedAt) {
    var latest = receivedAt.plus(config.ahead());
    return (occurredAt.isAfter(latest) ? latest : occurredAt).toEpochMilli();
  }

  private static AlertFact fact(Alert alert) {
    return new AlertFact(alert.lastAt().toEpochMilli(), alert);
  }

  private static boolean concerns(Lane key, Alert alert) {
    return !alert.agency().equals(Alert.NATIONAL)
        && (key.isNational() || key.agency().equals(alert.agency()));
  }
}
