package mo.farol.alert;

import java.util.List;

/**
 * What filters in shadow would have taken away, since it was asked last.
 *
 * @param counts of detections, by filter, rule and agency
 * @param alerts that stand on detections which would have been taken away; one that grows is told
 *     again
 */
public record Filtered(List<Count> counts, List<OfAlert> alerts) {
  /**
   * Detections of one rule at one agency.
   *
   * @param filter its id, without the mark of a shadow
   * @param version of what the filter means
   * @param rule that it would apply to
   * @param detections of the rule
   * @param taken of these, how many the filter would have taken away
   */
  public record Count(
      String filter, String version, String rule, String agency, long detections, long taken) {}

  /**
   * An alert that would have been smaller, or none.
   *
   * @param alert id
   * @param taken events of it whose detections would have been taken away
   * @param events that it names: the newest 1,000 at most
   */
  public record OfAlert(
      String filter, String version, String alert, String agency, long taken, long events) {}

  public Filtered {
    counts = List.copyOf(counts);
    alerts = List.copyOf(alerts);
  }

  /** Whether nothing is told. */
  public boolean isEmpty() {
    return counts.isEmpty() && alerts.isEmpty();
  }
}
