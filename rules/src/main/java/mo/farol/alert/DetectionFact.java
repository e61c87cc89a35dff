package mo.farol.alert;

import java.util.List;
import mo.farol.event.EventId;
import mo.farol.match.Detection;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * A detection as the decision rules see it; equal ones within a second are one fact with a count.
 *
 * @param at event time in milliseconds
 * @param firstAt time of the first event counted
 * @param detection the newest firing
 * @param card what the rule book says about its rule
 * @param count events counted
 * @param events their ids, in order, at most the newest 1,000
 * @param host host name, empty when unknown
 * @param user user name, empty when unknown
 * @param sourceIp address the event says it came from, empty when unknown
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
@Expires("15m")
public record DetectionFact(
    long at,
    long firstAt,
    Detection detection,
    RuleCard card,
    long count,
    List<EventId> events,
    String host,
    String user,
    String sourceIp)
    implements Fact {

  static DetectionFact of(Detection detection, RuleCard card, long at) {
    return new DetectionFact(
        at,
        at,
        detection,
        card,
        1,
        List.of(detection.event().id()),
        detection.field("host.name"),
        detection.field("user.name"),
        detection.field("source.ip"));
  }

  /** Both in one: the newer speaks, the counts add up. */
  DetectionFact with(DetectionFact newer) {
    return new DetectionFact(
        Math.max(at, newer.at),
        Math.min(firstAt, newer.firstAt),
        newer.detection,
        card,
        count + newer.count,
        Bounded.join(events, newer.events),
        host,
        user,
        sourceIp);
  }

  /** The rule that fired. */
  public RuleRef rule() {
    return detection.rule();
  }

  /** Whether the rule carries the tag {@code farol.MEANING}. */
  public boolean is(String meaning) {
    return card.means(meaning);
  }

  /** Whether the rule is as grave as {@code low}, {@code medium}, {@code high} or graver. */
  public boolean atLeast(String level) {
    return detection.level().isAtLeast(Level.ofWord(level));
  }

  /** Whether the rule only feeds a count and may not speak for itself. */
  public boolean isQuiet() {
    return card.quiet();
  }

  /** Short lower-case name of the host, for grouping. */
  public String place() {
    return Hosts.shortName(host);
  }

  /** Whether it happened on this host, called by its short or its full name. */
  public boolean onHost(String name) {
    return Hosts.same(host, name);
  }

  /** Value of an event field, empty when it has none. */
  public String field(String name) {
    return detection.field(name);
  }

  @Override
  public String agency() {
    return detection.agency();
  }

  @Override
  public List<String> techniques() {
    return detection.techniques();
  }

  @Override
  public List<Alert.Entity> entities() {
    return Entities.of(detection.event().fields());
  }

  @Override
  public String words() {
    return Words.of(this);
  }
}
