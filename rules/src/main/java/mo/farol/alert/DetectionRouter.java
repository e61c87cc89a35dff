package mo.farol.alert;

import java.util.List;
import java.util.function.Predicate;
import mo.farol.match.Detection;
import mo.farol.sigma.Shadow;
import mo.farol.window.Crossing;

/**
 * Where goes what rules found. All of it is counted; what rules and filters in shadow found is
 * counted apart, for those who try them, and everything else goes to the desk. Belongs to the
 * detection thread.
 */
final class DetectionRouter {
  private final AlertDesk desk;
  private final Predicate<String> isRule;
  private final Matches matches = new Matches();
  private final Shadows shadows;
  private final FilterTrials trials;

  /**
   * @param known events below were counted by an earlier run
   * @param isRule whether an id is that of a rule which matches single events
   */
  DetectionRouter(AlertDesk desk, DeskConfig config, long known, Predicate<String> isRule) {
    this.desk = desk;
    this.isRule = isRule;
    shadows = new Shadows(known, config);
    trials = new FilterTrials(known);
  }

  void detected(Detection detection) {
    String rule = detection.rule().id();
    matches.count(rule, detection.agency(), detection.event().receivedAt());
    if (Shadow.is(rule)) {
      shadows.detected(detection);
    } else {
      if (!detection.tried().isEmpty()) {
        trials.detected(detection);
      }
      desk.detected(detection);
    }
  }

  void crossed(Crossing crossing) {
    String rule = crossing.rule().id();
    matches.count(rule, crossing.agency(), crossing.lastReceivedAt());
    if (Shadow.is(rule)) {
      shadows.crossed(crossing);
    } else {
      desk.crossed(crossing);
    }
  }

  /** Takes note of an alert that was raised or grew. */
  void raised(Alert alert) {
    trials.raised(alert, isRule.test(alert.rule().id()));
  }

  /** Forgets rules that are no more, and filters that are in shadow no more. */
  void use(RuleSet rules) {
    matches.keep(rules::has);
    trials.keep(rules.shadowFilters());
  }

  /** How often rules matched of late. Any thread may call. */
  Matches matches() {
    return matches;
  }

  /** What rules in shadow found since the last call. */
  List<ShadowCount> shadows() {
    return shadows.drain();
  }

  /** What filters in shadow would have taken away since the last call. */
  Filtered filtered() {
    return trials.drain();
  }
}
