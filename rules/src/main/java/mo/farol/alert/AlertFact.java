package mo.farol.alert;

import java.util.List;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * An alert that stands, as the decision rules see it: the memory of a session beyond its windows,
 * and, with its {@link SightingFact}s, all that the national session sees of an agency.
 *
 * @param at time of its last event in milliseconds
 * @param alert as it is now
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
@Expires("1h")
public record AlertFact(long at, Alert alert) implements AlertBased {
  static AlertFact of(Alert alert) {
    return new AlertFact(alert.lastAt().toEpochMilli(), alert);
  }

  /** Id of the rule that raised it. */
  public String ruleId() {
    return alert.rule().id();
  }

  /** Whether it is about this value of this field; a host by its short or its full name. */
  public boolean isAbout(String field, String value) {
    return alert.entities().stream()
        .anyMatch(
            e ->
                e.field().equals(field)
                    && (e.value().equals(value)
                        || (field.equals("host.name") && Hosts.same(e.value(), value))));
  }

  /** Its techniques without their sub-technique: {@code T1110.001} belongs to {@code T1110}. */
  public List<String> families() {
    return alert.techniques().stream().map(AlertFact::family).distinct().toList();
  }

  private static String family(String technique) {
    int dot = technique.indexOf('.');
    return dot < 0 ? technique : technique.substring(0, dot);
  }
}
