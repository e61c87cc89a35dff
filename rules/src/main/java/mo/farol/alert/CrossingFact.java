package mo.farol.alert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.EventId;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;
import mo.farol.window.Crossing;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * A count past its threshold as the decision rules see it. A newer one of the same group takes the
 * place of the older.
 *
 * @param at time of the last counted event in milliseconds
 * @param crossing what was counted
 * @param card what the rule book says about its rule
 * @param host host name all counted events share, empty when they differ
 * @param user user name they share
 * @param sourceIp address they share
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
@Expires("20m")
public record CrossingFact(
    long at, Crossing crossing, RuleCard card, String host, String user, String sourceIp)
    implements Fact {

  static CrossingFact of(Crossing crossing, RuleCard card, long at) {
    var fields = fields(crossing);
    return new CrossingFact(
        at,
        crossing,
        card,
        fields.getOrDefault("host.name", ""),
        fields.getOrDefault("user.name", ""),
        fields.getOrDefault("source.ip", ""));
  }

  /** Both in one: the newer speaks, of the events of both. */
  CrossingFact with(CrossingFact newer) {
    return of(joined(crossing, newer.crossing), newer.card, Math.max(at, newer.at));
  }

  private static Crossing joined(Crossing a, Crossing b) {
    long different = Bounded.different(a.events(), b.events());
    boolean listed = a.count() == a.events().size() && b.count() == b.events().size();
    long count = listed ? different : Math.max(different, Math.max(a.count(), b.count()));
    var fields = new LinkedHashMap<>(b.fields());
    fields.entrySet().retainAll(a.fields().entrySet());
    return new Crossing(
        b.rule(),
        b.level(),
        b.techniques(),
        b.agency(),
        b.lane(),
        b.exercise(),
        b.group(),
        fields,
        count,
        b.value(),
        a.firstAt().isBefore(b.firstAt()) ? a.firstAt() : b.firstAt(),
        a.lastAt().isAfter(b.lastAt()) ? a.lastAt() : b.lastAt(),
        a.lastReceivedAt().isAfter(b.lastReceivedAt()) ? a.lastReceivedAt() : b.lastReceivedAt(),
        Bounded.join(a.events(), b.events()),
        b.timed(),
        a.overdue() || b.overdue(),
        a.partial() || b.partial());
  }

  /** The correlation rule. */
  public RuleRef rule() {
    return crossing.rule();
  }

  /** Whether the rule carries the tag {@code farol.MEANING}. */
  public boolean is(String meaning) {
    return card.means(meaning);
  }

  /** Whether the rule is as grave as {@code low}, {@code medium}, {@code high} or graver. */
  public boolean atLeast(String level) {
    return crossing.level().isAtLeast(Level.ofWord(level));
  }

  /** The values it is grouped by, in one text. */
  public String groupKey() {
    return Groups.key(crossing.group().values());
  }

  /** Whether all counted events happened on this host, called by its short or its full name. */
  public boolean onHost(String name) {
    return Hosts.same(host, name);
  }

  /** Value of a field that all counted events share, empty when they don't. */
  public String field(String name) {
    return fields(crossing).getOrDefault(name, "");
  }

  @Override
  public String agency() {
    return crossing.agency();
  }

  @Override
  public List<String> techniques() {
    return crossing.techniques();
  }

  @Override
  public List<Alert.Entity> entities() {
    return Entities.of(fields(crossing));
  }

  @Override
  public List<EventId> events() {
    return crossing.events();
  }

  @Override
  public long count() {
    return crossing.count();
  }

  @Override
  public long firstAt() {
    return Math.min(at, crossing.firstAt().toEpochMilli());
  }

  @Override
  public String words() {
    return Words.of(this);
  }

  private static Map<String, String> fields(Crossing crossing) {
    var all = new LinkedHashMap<>(crossing.group());
    crossing.fields().forEach(all::putIfAbsent);
    return all;
  }
}
