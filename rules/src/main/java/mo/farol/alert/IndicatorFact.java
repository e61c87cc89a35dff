package mo.farol.alert;

import java.util.ArrayList;
import java.util.List;
import mo.farol.event.EventId;
import mo.farol.indicator.Tlp;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * An indicator that was seen, as the decision rules see it; equal ones within a second are one fact
 * with a count. What the indicator's label keeps from agencies stands in no word of it.
 *
 * @param at event time in milliseconds
 * @param firstAt time of the first event counted
 * @param sighting the newest event
 * @param count events counted
 * @param events their ids, in order, at most the newest 1,000
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
@Expires("15m")
public record IndicatorFact(
    long at, long firstAt, Sighting sighting, long count, List<EventId> events) implements Fact {
  static IndicatorFact of(Sighting sighting, long at) {
    return new IndicatorFact(at, at, sighting, 1, List.of(sighting.event().id()));
  }

  /** Both in one: the newer speaks, the counts add up. */
  IndicatorFact with(IndicatorFact newer) {
    return new IndicatorFact(
        Math.max(at, newer.at),
        Math.min(firstAt, newer.firstAt),
        newer.sighting,
        count + newer.count,
        Bounded.join(events, newer.events));
  }

  /** The indicator's own id. */
  public String id() {
    return sighting.hit().indicator().id();
  }

  /** {@code ip}, {@code domain}, {@code url}, {@code sha256} and so on. */
  public String kind() {
    return sighting.hit().indicator().kind().word();
  }

  /** What was looked for, as it is compared. */
  public String value() {
    return sighting.hit().indicator().value();
  }

  /** Who names it, in one text. */
  public String source() {
    return String.join(", ", sighting.hit().indicator().sources());
  }

  /** 0 to 100. */
  public int confidence() {
    return sighting.hit().indicator().confidence();
  }

  /** Its label: {@code clear}, {@code green}, {@code amber}, {@code amber+strict}, {@code red}. */
  public String tlp() {
    return sighting.hit().indicator().tlp().word();
  }

  /** The event's field it was seen in. */
  public String seenIn() {
    return sighting.hit().field();
  }

  /**
   * Whether it was seen only as the one who comes: the address of whoever knocked, which every
   * machine on the open net meets, rather than something that was gone to.
   */
  public boolean isComing() {
    String field = seenIn();
    return field.startsWith("source.")
        || field.startsWith("client.")
        || field.equals("SourceIp")
        || field.equals("x_originating_ip");
  }

  /** For a title: what was looked for, or what the event holds where that may not be told. */
  public String shown() {
    return Bounded.text(isTold() ? value() : sighting.hit().value(), 120)
        + (host().isEmpty() ? "" : " on " + host());
  }

  /** Host name, empty when unknown. */
  public String host() {
    return sighting.field("host.name");
  }

  /** User name, empty when unknown. */
  public String user() {
    return sighting.field("user.name");
  }

  /** Short lower-case name of the host, for grouping. */
  public String place() {
    return Hosts.shortName(host());
  }

  /** Whether that host, or that user, is where it was seen. */
  public boolean isAbout(String otherHost, String otherUser) {
    return Hosts.same(host(), otherHost)
        || (!user().isEmpty() && user().equalsIgnoreCase(otherUser));
  }

  /** For grouping: the value, or a digest of it where it may not be told. */
  public String key() {
    return isTold() ? value() : Digests.sha256(value()).substring(0, 16);
  }

  @Override
  public String agency() {
    return sighting.hit().agency();
  }

  @Override
  public List<String> techniques() {
    return List.of();
  }

  @Override
  public List<Alert.Entity> entities() {
    var all = new ArrayList<Alert.Entity>();
    all.add(new Alert.Entity(seenIn(), Bounded.text(sighting.hit().value(), 512)));
    all.addAll(Entities.of(sighting.event().fields()));
    return all;
  }

  /** Whether its label lets it be told to the agency whose event it is. */
  boolean isTold() {
    return sighting.hit().indicator().tlp().compareTo(Tlp.AMBER) <= 0;
  }

  @Override
  public String words() {
    return Words.of(this);
  }
}
