package mo.farol.alert;

import java.util.List;
import mo.farol.event.EventId;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * Something wrong with the centre itself as the decision rules see it; in the national session.
 *
 * @param at when it was found, in milliseconds
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
@Expires("15m")
public record FindingFact(long at, Finding finding) implements Fact {
  static FindingFact of(Finding finding) {
    return new FindingFact(finding.noticedAt().toEpochMilli(), finding);
  }

  /** Whether the seal is broken. */
  public boolean isSeal() {
    return finding.kind() == Finding.Kind.SEAL;
  }

  /** Whether the journal is damaged. */
  public boolean isDamage() {
    return finding.kind() == Finding.Kind.DAMAGE;
  }

  /** The one thing that is wrong. */
  public String about() {
    return finding.about();
  }

  @Override
  public String agency() {
    return Alert.NATIONAL;
  }

  @Override
  public List<String> techniques() {
    return List.of();
  }

  @Override
  public List<Alert.Entity> entities() {
    return List.of(new Alert.Entity(Finding.FIELD, about()));
  }

  @Override
  public List<EventId> events() {
    return List.of(finding.event());
  }

  @Override
  public long count() {
    return 1;
  }

  @Override
  public long firstAt() {
    return finding.since().toEpochMilli();
  }

  @Override
  public String words() {
    return Bounded.text(finding.words(), 400);
  }
}
