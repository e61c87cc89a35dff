package mo.farol.window;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.EventId;
import mo.farol.event.Micros;
import mo.farol.match.Detection;

/**
 * What a correlation counts: a detection, or the crossing of another correlation.
 *
 * @param ruleId whose it is
 * @param sender who sent it, as nobody else can claim; empty for a crossing
 * @param source what the sender calls the host by whose clock its time is; empty for a crossing
 * @param at event time in microseconds. In live traffic a stamp past the receipt is a wrong
 *     clock's: what is known of such an event is that it came then, so it stands there, in the
 *     order of arrival; an import goes by its own times
 * @param receivedAt microseconds
 * @param fields of the event, or group and common fields of the crossing
 * @param events ids, in order
 * @param timed whether time alone told it
 * @param overdue whether it comes behind its events: a crossing that does
 */
record Hit(
    String ruleId,
    String sender,
    String source,
    long at,
    long receivedAt,
    Map<String, String> fields,
    List<EventId> events,
    boolean timed,
    boolean overdue) {

  static Hit of(Detection detection) {
    var event = detection.event();
    long receivedAt = Micros.of(event.receivedAt());
    long stamp = Micros.of(event.occurredAt());
    long at = detection.lane().isEmpty() ? Math.min(stamp, receivedAt) : stamp;
    return new Hit(
        detection.rule().id(),
        detection.sender(),
        event.source().host(),
        at,
        receivedAt,
        unspaced(event.fields()),
        List.of(event.id()),
        false,
        false);
  }

  /** Names without their spaces, as rules know them. */
  private static Map<String, String> unspaced(Map<String, String> fields) {
    if (fields.keySet().stream().noneMatch(name -> name.indexOf(' ') >= 0)) {
      return fields;
    }
    var all = new LinkedHashMap<String, String>();
    fields.forEach((name, value) -> all.putIfAbsent(unspaced(name), value));
    return all;
  }

  /** A field's name without its spaces. */
  static String unspaced(String name) {
    return name.indexOf(' ') < 0 ? name : name.replace(" ", "");
  }

  static Hit of(Crossing crossing) {
    var fields = new LinkedHashMap<>(crossing.fields());
    fields.putAll(crossing.group());
    return new Hit(
        crossing.rule().id(),
        "",
        "",
        Micros.of(crossing.lastAt()),
        Micros.of(crossing.lastReceivedAt()),
        fields,
        crossing.events(),
        crossing.timed(),
        crossing.overdue());
  }

  /** The event that stands for it: the newest. */
  long event() {
    return events.isEmpty() ? 0 : events.getLast().sequence();
  }

  /** Value of the first of these names that the event has. */
  Optional<String> field(List<String> names) {
    for (String name : names) {
      String value = fields.get(name);
      if (value != null) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
