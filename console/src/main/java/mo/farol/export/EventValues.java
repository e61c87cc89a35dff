package mo.farol.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mo.farol.event.Event;
import mo.farol.search.EventReader;
import mo.farol.search.Harvest;

/** An event as JSON, and its values by name. */
public final class EventValues {
  /** Columns of CSV unless others are asked for. */
  static final List<String> USUAL =
      List.of(
          "id",
          "@timestamp",
          "receivedAt",
          "agency",
          "host.name",
          "severity",
          "event.dataset",
          "event.action",
          "event.outcome",
          "user.name",
          "source.ip",
          "destination.ip",
          "message");

  private static final ObjectMapper JSON = new ObjectMapper();

  private EventValues() {}

  /** All of it but the raw text. */
  public static ObjectNode tree(Event event) {
    var node = JSON.createObjectNode();
    node.put("id", event.id().toString());
    node.put("@timestamp", event.occurredAt().toString());
    node.put("receivedAt", event.receivedAt().toString());
    node.put("agency", event.source().agency());
    node.put("host", event.source().host());
    node.put("severity", event.severity().word());
    node.put("message", event.message());
    var fields = node.putObject("fields");
    event.fields().forEach(fields::put);
    return node;
  }

  /** Some of it, null where it has no such value. */
  static ObjectNode tree(EventReader.Recalled recalled, List<String> names) {
    var node = JSON.createObjectNode();
    for (String name : names) {
      String value = value(recalled, name);
      node.put(name, value.isEmpty() ? null : value);
    }
    return node;
  }

  /** The last line of JSON lines where something is missing. */
  static ObjectNode partial(List<String> missing) {
    var node = JSON.createObjectNode();
    missing.forEach(node.putArray("farol.partial")::add);
    return node;
  }

  /**
   * A value by its field's name, or one of our own; empty where there is none. A short name, such
   * as {@code action}, is also that of a sender's own field, and behind a backslash of that alone.
   */
  static String value(EventReader.Recalled recalled, String asked) {
    if (asked.startsWith("\\")) {
      return recalled.event().fields().getOrDefault(asked.substring(1), "");
    }
    String full = Harvest.named(asked);
    String value = named(recalled, full);
    boolean isOurs = full.startsWith("farol.");
    return value.isEmpty() && !isOurs ? recalled.event().fields().getOrDefault(asked, "") : value;
  }

  private static String named(EventReader.Recalled recalled, String name) {
    var event = recalled.event();
    var origin = recalled.frame().origin();
    return switch (name) {
      case "id" -> event.id().toString();
      case "@timestamp" -> event.occurredAt().toString();
      case "receivedAt" -> event.receivedAt().toString();
      case "agency" -> event.source().agency();
      case "host", "host.name" -> event.source().host();
      case "severity" -> event.severity().word();
      case "message" -> event.message();
      case "raw" -> recalled.frame().text();
      case "farol.input" -> origin.input();
      case "farol.lane" -> origin.lane();
      case "farol.exercise" -> Boolean.toString(origin.exercise());
      default -> event.fields().getOrDefault(name, "");
    };
  }
}
