package mo.farol.alert;

import java.util.Comparator;
import java.util.List;

/**
 * Which alerts add to the risk of what they are about, and how much: live and real ones, the more
 * the more hangs on it and the oftener their rule was right. Belongs to the desk's thread.
 */
final class RiskScoring {
  private final RiskBook book = new RiskBook();

  /** The risk that has come of it. */
  RiskBook book() {
    return book;
  }

  /** Takes up the risk that alerts of before give. */
  void remember(List<Alert> alerts, AlertContext context) {
    alerts.stream()
        .sorted(Comparator.comparing(Alert::lastAt))
        .forEach(
            alert -> add(new Lane(alert.agency(), alert.lane(), alert.exercise()), alert, context));
  }

  /**
   * Takes an alert, new or grown.
   *
   * @param context says how much hangs on what it is about, and how often its rule was right
   * @return risks that are worth a look by it
   */
  List<RiskFact> add(Lane key, Alert alert, AlertContext context) {
    if (key.isNational()
        || !key.lane().isEmpty()
        || key.exercise()
        || alert.status() == Alert.Status.SUPPRESSED) {
      return List.of();
    }
    // What risk itself raised would raise it again.
    if (alert.steps().stream().anyMatch(step -> step.kind() == WhyStep.Kind.RISK)) {
      book.told(alert);
      return List.of();
    }
    int criticality =
        context.asset(alert.agency(), alert.entities()).map(Asset::criticality).orElse(0);
    double precision = context.precision(alert.agency(), alert.rule().id());
    return book.add(alert, criticality, precision);
  }
}
