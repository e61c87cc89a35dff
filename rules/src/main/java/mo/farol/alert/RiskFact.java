package mo.farol.alert;

import java.util.ArrayList;
import java.util.List;
import mo.farol.event.EventId;
import mo.farol.sigma.Level;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * That the risk of a host, user or address has grown, as the decision rules see it: the sum of its
 * alerts' weights, each fading by half a day.
 *
 * @param at time of the newest alert's last event in milliseconds
 * @param agency agency id
 * @param entity whose risk it is
 * @param score points now
 * @param rules different rules that gave points
 * @param alerts that gave most of them, newest last; each stands for its first event
 * @param last newest event of the alert that made it grow
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
@Expires("15m")
public record RiskFact(
    long at,
    String agency,
    Alert.Entity entity,
    int score,
    int rules,
    List<Alert> alerts,
    EventId last)
    implements Fact {
  public RiskFact {
    alerts = List.copyOf(alerts);
  }

  /** The field, such as {@code host.name}. */
  public String field() {
    return entity.field();
  }

  /** The name or address. */
  public String value() {
    return entity.value();
  }

  /** Whether an alert among them was of level high or graver: then people know already. */
  public boolean isGrave() {
    return alerts.stream().anyMatch(alert -> alert.severity().isAtLeast(Level.HIGH));
  }

  List<WhyStep.Match> matches() {
    var matches = new ArrayList<WhyStep.Match>();
    matches.add(new WhyStep.Match("", field(), value(), ""));
    matches.add(new WhyStep.Match("", "score", Integer.toString(score), ""));
    matches.add(new WhyStep.Match("", "rules", Integer.toString(rules), ""));
    alerts.stream()
        .limit(5)
        .forEach(alert -> matches.add(WhyFields.said(WhyFields.RISK_ALERT, alert.title())));
    return matches;
  }

  @Override
  public List<String> techniques() {
    return alerts.stream().flatMap(a -> a.techniques().stream()).distinct().limit(24).toList();
  }

  @Override
  public List<Alert.Entity> entities() {
    return List.of(entity);
  }

  @Override
  public List<EventId> events() {
    var all = new ArrayList<EventId>();
    all.add(last);
    for (var alert : alerts) {
      if (!alert.events().isEmpty()) {
        all.add(alert.events().getFirst());
      }
    }
    return Bounded.newest(Bounded.ordered(all));
  }

  @Override
  public long count() {
    return events().size();
  }

  @Override
  public long firstAt() {
    return alerts.stream().mapToLong(a -> a.firstAt().toEpochMilli()).min().orElse(at);
  }

  @Override
  public String words() {
    return "risk of %s %s is %d, by alerts of %d rules: %s"
        .formatted(
            field(),
            Bounded.text(value(), 120),
            score,
            rules,
            String.join("; ", alerts.stream().map(a -> "'" + a.title() + "'").limit(5).toList()));
  }
}
