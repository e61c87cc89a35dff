package mo.farol.alert;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import mo.farol.match.Detection;
import mo.farol.window.Crossing;

/** One lane at the desk: its session, and the thinning before it. */
final class LaneDesk implements AutoCloseable {
  private DecisionSession session;
  private final Reducer<DetectionFact> detections;
  private final Reducer<CrossingFact> crossings;
  private final Reducer<IndicatorFact> indicators;
  private final Reducer<AlertFact> alerts;
  private final Behaviours behaviours = new Behaviours();
  private final Queue<Fact> standing = new ArrayDeque<>();
  private final Queue<DecisionSession.Waiting> unsaid = new ArrayDeque<>();
  private boolean inserting;

  LaneDesk(DecisionSession session, DeskConfig config, Runnable overflow) {
    this.session = session;
    long span = config.collapse().toMillis();
    int cap = config.capPerSecond();
    detections = new Reducer<>(span, cap, DetectionFact::with, fact -> insert(fact, ""), overflow);
    crossings =
        new Reducer<>(
            span, cap, CrossingFact::with, fact -> insert(fact, kind(fact.crossing())), overflow);
    indicators = new Reducer<>(span, cap, IndicatorFact::with, fact -> insert(fact, ""), overflow);
    alerts = new Reducer<>(span, Integer.MAX_VALUE, (_, newer) -> newer, this::national, overflow);
  }

  void detected(Detection detection, RuleCard card, long at) {
    var fact = DetectionFact.of(detection, card, at);
    detections.accept(detection.rule().id(), kind(fact), fact);
  }

  /** A detection that counts only where an indicator was seen on the same host or by the user. */
  void slight(Detection detection, RuleCard card, long at) {
    var fact = DetectionFact.of(detection, card, at);
    if (behaviours.isExpected(fact)) {
      detections.accept(detection.rule().id(), kind(fact), fact);
    }
  }

  void sighted(Sighting sighting, long at) {
    var fact = IndicatorFact.of(sighting, at);
    behaviours.before(fact).forEach(slight -> insert(slight, ""));
    indicators.accept(fact.source(), kind(fact), fact);
  }

  void crossed(Crossing crossing, RuleCard card, long at) {
    crossings.accept(crossing.rule().id(), kind(crossing), CrossingFact.of(crossing, card, at));
  }

  void silent(SilenceFact fact) {
    insert(fact, "");
  }

  void found(FindingFact fact) {
    insert(fact, "");
  }

  /** An alert that stands: kept for the rules to see, in place of its former state. */
  void standing(AlertFact fact) {
    standing.add(fact);
    drain();
  }

  /** A risk that has grown, in place of what it was. */
  void risen(RiskFact fact) {
    standing.add(fact);
    drain();
  }

  /** An alert of an agency as the national session sees it: growth within a short span is one. */
  void reported(AlertFact fact) {
    alerts.accept("", fact.alert().id(), fact);
  }

  /**
   * Goes on with another session, which takes over what this one knows. No rule fires before {@link
   * #resume}, so that no alert is raised.
   */
  void use(DecisionSession other) {
    other.takeOver(session);
    unsaid.addAll(session.unsaid());
    session.close();
    session = other;
  }

  /** Takes up what the session before could not look at any more; rules fire. */
  void resume() {
    while (!inserting && !unsaid.isEmpty()) {
      var each = unsaid.remove();
      put(each.fact(), each.key());
      drain();
    }
  }

  void advance(long millis) {
    session.advanceTo(session.now() + millis);
  }

  long now() {
    return session.now();
  }

  void flush() {
    resume();
    crossings.flush();
    detections.flush();
    indicators.flush();
    alerts.flush();
  }

  @Override
  public void close() {
    session.close();
  }

  private void national(AlertFact fact) {
    insert(fact, fact.alert().id());
    SightingFact.of(fact).forEach(sighting -> session.insertNewest(sighting, sighting.key()));
  }

  private void insert(Fact fact, String key) {
    resume();
    put(fact, key);
    drain();
  }

  private void put(Fact fact, String key) {
    inserting = true;
    try {
      session.insert(fact, key);
    } finally {
      inserting = false;
    }
  }

  // Alerts are raised while rules fire; their facts go in once the firing is over.
  private void drain() {
    while (!inserting && !standing.isEmpty()) {
      var fact = standing.remove();
      put(fact, key(fact));
    }
  }

  private static String key(Fact fact) {
    return switch (fact) {
      case AlertBased based -> based.alert().id();
      case RiskFact risk -> "risk\u001f" + risk.field() + "\u001f" + risk.value();
      case DetectionFact _, CrossingFact _, IndicatorFact _, SilenceFact _, FindingFact _ -> "";
    };
  }

  private static String kind(DetectionFact fact) {
    return fact.rule().id()
        + Groups.key(fact.entities().stream().map(Alert.Entity::value).toList());
  }

  private static String kind(IndicatorFact fact) {
    return Groups.key(List.of(fact.kind(), fact.value(), fact.seenIn(), fact.place(), fact.user()));
  }

  private static String kind(Crossing crossing) {
    return crossing.rule().id() + Groups.key(crossing.group().values());
  }
}
