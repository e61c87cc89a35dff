package mo.farol.alert;

import java.util.List;
import mo.farol.event.EventId;
import mo.farol.silence.Silence;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * A source gone quiet, or not as usual in another way, as the decision rules see it.
 *
 * @param at when it was found, in milliseconds
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

  /**
   * In which way the source is not as usual: {@code silent}, {@code partial}, {@code fall}, {@code
   * surge} or {@code drift}.
   */
  public String kind() {
    return silence.trouble().kind().word();
  }

  /** Whether it looks as on a day off of the source. */
  public boolean isDayOff() {
    return silence.trouble().dayOff();
  }

  /** The program of the host that is quiet; empty where all of it is meant. */
  public String program() {
    return silence.trouble().what();
  }

  /** The host it is about. */
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
    return silence.trouble().since().toEpochMilli();
  }

  @Override
  public String words() {
    return Words.of(this);
  }
}
