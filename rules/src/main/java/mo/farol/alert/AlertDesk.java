package mo.farol.alert;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import mo.farol.match.Detection;
import mo.farol.sigma.Level;
import mo.farol.silence.Silence;
import mo.farol.window.Crossing;

/**
 * Where facts become alerts: a Drools session for each agency and lane, and a national one for each
 * lane that sees the agencies' alerts only. Belongs to one thread.
 */
public final class AlertDesk implements AutoCloseable {
  private static final int ROUNDS = 10;
  private static final int RISK_SCORE = 100;

  private volatile DecisionBook book;
  private final Function<String, RuleCard> cards;
  private final DeskConfig config;
  private final InstantSource clock;
  private final Consumer<Alert> out;
  private final Counter faults;
  private final CircuitBreaker breaker;
  private final Policy policy;
  private final RiskScoring risk = new RiskScoring();
  private TreatmentDesk treatment;
  private volatile AlertContext context = AlertContext.NONE;
  private final Growing growing;
  private final Flood flood;
  private final ConditionProfiler profiler = new ConditionProfiler();
  private final SessionPool sessions;
  private long fresh;
  private BooleanSupplier sighting = () -> false;

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
    breaker = new CircuitBreaker(faults);
    policy = new Policy(config.campaignAgencies(), RISK_SCORE, config.campaignAgencies());
    treatment = new TreatmentDesk(book, policy, faults, breaker::trip);
    growing = new Growing(config.grouping(), closed);
    flood = new Flood(config.alertsPerMinute());
    sessions = new SessionPool(config, clock, growing, this::session, meters);
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
    risk.remember(alerts, context);
  }

  /** The risk of hosts, users and addresses. */
  public RiskBook risk() {
    return risk.book();
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
    var lane = sessions.of(new Lane(detection.agency(), detection.lane(), detection.exercise()));
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
    sessions
        .of(new Lane(sighted.hit().agency(), sighted.lane(), sighted.exercise()))
        .sighted(sighted, at(event.occurredAt(), event.receivedAt()));
    settle();
  }

  /** Takes a count past its threshold. */
  public void crossed(Crossing crossing) {
    var card = cards.apply(crossing.rule().id());
    sessions
        .of(new Lane(crossing.agency(), crossing.lane(), crossing.exercise()))
        .crossed(crossing, card, at(crossing.lastAt(), crossing.lastReceivedAt()));
    settle();
  }

  /** Takes a source gone quiet; live traffic only. */
  public void silent(Silence silence) {
    sessions
        .of(new Lane(silence.source().agency(), "", false))
        .silent(new SilenceFact(silence.noticedAt().toEpochMilli(), silence));
    settle();
  }

  /** Takes what was found wrong with the centre itself: for the committee. */
  public void found(Finding finding) {
    sessions.of(new Lane(Alert.NATIONAL, "", false)).found(FindingFact.of(finding));
    settle();
  }

  /** Hands on what is held back to be merged: before a checkpoint. */
  public void flush() {
    flush(key -> !key.isNational());
    flush(Lane::isNational); // what the agencies' lanes have just reported
    settle();
  }

  private void flush(Predicate<Lane> which) {
    sessions.each(which, LaneDesk::flush);
  }

  /** Moves live clocks on while no event does. */
  public void idle(Duration elapsed) {
    sessions.advance(elapsed);
    settle();
  }

  /** Sessions open now. */
  public int sessions() {
    return sessions.size();
  }

  @Override
  public void close() {
    profiler.close();
    treatment.close();
    sessions.close();
  }

  private DecisionSession session(Lane key) {
    return new DecisionSession(
        book, policy, faults, profiler, breaker::trip, verdict -> decided(key, verdict));
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
    treatment = new TreatmentDesk(book, policy, faults, breaker::trip);
    sessions.renew();
  }

  /** The decision rules in force; what was taken out since it cost too much is among its faults. */
  public DecisionBook book() {
    return book;
  }

  // Between two facts, so that no session goes while it fires.
  private void settle() {
    breaker.next();
    for (int rounds = 0; rounds < ROUNDS && breaker.isTripped(); rounds++) {
      turnTo(breaker.takeOut(book));
    }
  }

  private void decided(Lane key, Verdict verdict) {
    if (!verdict.restsOnNoEvent() && verdict.newestEvent().sequence() < fresh) {
      return;
    }
    var target = verdict.agency().equals(Alert.NATIONAL) ? key.national() : key;
    if (follows(verdict) && !growing.isKnown(verdict, target) && breaker.isCascade(verdict)) {
      return;
    }
    var treated = treatment.treat(verdict, context);
    var told = growing.isKnown(treated, target) ? treated : flood.thinned(treated, target);
    growing.take(told, target, clock.instant()).ifPresent(alert -> raised(target, alert));
  }

  private static boolean follows(Verdict verdict) {
    return verdict.facts().stream().anyMatch(f -> f instanceof AlertBased);
  }

  private void raised(Lane key, Alert alert) {
    out.accept(alert);
    growing.prune(key, alert.lastAt().toEpochMilli());
    if (alert.status() == Alert.Status.SUPPRESSED) {
      return; // counted and kept, but nothing follows from it
    }
    if (!key.isNational()) {
      sessions.of(key).standing(AlertFact.of(alert));
      sessions.of(key.national()).reported(AlertFact.of(alert));
      risk.add(key, alert, context).forEach(sessions.of(key)::risen);
    }
  }

  /** Closes sessions that are long idle. */
  public void closeIdle() {
    sessions.closeIdle();
  }

  private long at(Instant occurredAt, Instant receivedAt) {
    var latest = receivedAt.plus(config.ahead());
    return (occurredAt.isAfter(latest) ? latest : occurredAt).toEpochMilli();
  }
}
