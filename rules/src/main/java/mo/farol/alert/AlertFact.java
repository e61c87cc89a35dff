package mo.farol.alert;

import java.util.List;
import mo.farol.event.EventId;
import mo.farol.sigma.Level;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * An alert that stands, as the decision rules see it: the memory of a session beyond its windows,
 * and all that the national session ever sees of an agency.
 *
 * @param at time of its last event in milliseconds
 * @param alert as it is now
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
@Expires("1h")
public record AlertFact(long at, Alert alert) implements Fact {
  /** Id of the rule that raised it. */
  public String ruleId() {
    return alert.rule().id();
  }

  /** Whether it is as grave as {@code low}, {@code medium}, {@code high} or graver. */
  public boolean atLeast(String level) {
    return alert.severity().isAtLeast(Level.ofWord(level));
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

  @Override
  public String agency() {
    return alert.agency();
  }

  @Override
  public List<String> techniques() {
    return alert.techniques();
  }

  @Override
  public List<Alert.Entity> entities() {
    return alert.entities();
  }

  @Override
  public List<EventId> events() {
    return alert.events();
  }

  @Override
  public long count() {
    return alert.count();
  }

  @Override
  public long firstAt() {
    return alert.firstAt().toEpochMilli();
  }

  @Override
  public String words() {
    return Words.of(alert);
  }

  private static String family(String technique) {
    int dot = technique.indexOf('.');
    return dot < 0 ? technique : technique.substring(0, dot);
  }
}
