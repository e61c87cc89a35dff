package mo.farol.alert;

import java.util.List;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * That an agency shows a technique, as the national session sees it. There is one for each agency,
 * technique and level at a time, with the newest alert of them: what several agencies have in
 * common then costs by their number, not by that of their alerts.
 *
 * @param at time of the alert's last event in milliseconds
 * @param technique ATT&amp;CK technique id without sub-technique
 * @param alert the newest that shows it
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
@Expires("1h")
public record SightingFact(long at, String technique, Alert alert) implements AlertBased {
  /** One for each technique of an alert; sub-techniques count as their technique. */
  static List<SightingFact> of(AlertFact fact) {
    return fact.families().stream()
        .map(technique -> new SightingFact(fact.at(), technique, fact.alert()))
        .toList();
  }

  /** What there is one of at a time. */
  String key() {
    return Groups.key(List.of(alert.agency(), technique, alert.severity().word()));
  }
}
