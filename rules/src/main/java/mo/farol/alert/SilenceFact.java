package mo.farol.alert;

import java.util.List;
import mo.farol.event.EventId;
import mo.farol.silence.Silence;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * A source gone quiet as the decision rules see it.
 *
 * @param at when the pause was found too long, in milliseconds
 * @param silence who, since when
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
@Expires("15m")
public record SilenceFact(long at, Silence silence) implements Fact {
  /** Whether every source of the agency is quiet. */
  public boolean isWholeAgency() {
    return silence.wholeAgency();
  }

  /** The quiet host. */
  public String host() {
    return silence.source().host();
  }

  @Override
  public String agency() {
    return silence.source().agency();
  }

  @Override
  public List<String> techniques() {
    return List.of();
  }

  @Override
  public List<Alert.Entity> entities() {
    return List.of(new Alert.Entity("host.name", host()));
  }

  @Override
  public List<EventId> events() {
    return List.of(new EventId(silence.lastSequence()));
  }

  @Override
  public long count() {
    return 1;
  }

  @Override
  public long firstAt() {
    return silence.lastAt().toEpochMilli();
  }

  @Override
  public String words() {
    return Words.of(this);
  }
}
