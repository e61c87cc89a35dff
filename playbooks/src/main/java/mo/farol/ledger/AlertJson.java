package mo.farol.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import mo.farol.alert.Alert;
import mo.farol.event.EventId;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;

/** An alert as JSON, in the shape of the API: what the ledger keeps and what the API answers. */
public final class AlertJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AlertJson() {}

  /** The alert's object. */
  public static JsonNode tree(Alert alert) {
    var node = JSON.createObjectNode();
    node.put("id", alert.id());
    node.put("title", alert.title());
    node.put("severity", alert.severity().word());
    node.put("agency", alert.agency());
    var rule = node.putObject("rule");
    rule.put("id", alert.rule().id());
    rule.put("version", alert.rule().version());
    rule.put("title", alert.rule().title());
    alert.techniques().forEach(node.putArray("techniques")::add);
    var entities = node.putArray("entities");
    alert
        .entities()
        .forEach(e -> entities.addObject().put("field", e.field()).put("value", e.value()));
    node.put("firstAt", alert.firstAt().toString());
    node.put("lastAt", alert.lastAt().toString());
    node.put("raisedAt", alert.raisedAt().toString());
    node.put("count", alert.count());
    var events = node.putArray("events");
    alert.events().forEach(id -> events.add(id.toString()));
    alert.why().forEach(node.putArray("why")::add);
    var steps = node.putArray("whyData");
    alert.steps().forEach(step -> steps.add(WhyJson.tree(step)));
    node.put("category", alert.category());
    alert.told().forEach(node.putArray("notify")::add);
    node.put("status", alert.status().name().toLowerCase(java.util.Locale.ROOT));
    node.put("exercise", alert.exercise());
    node.put("lane", alert.lane());
    node.put("group", alert.group());
    return node;
  }

  static String write(Alert alert) {
    return tree(alert).toString();
  }

  /** Reads what the ledger kept, with the status a person gave it. */
  public static Alert read(String text, Alert.Status status) {
    try {
      var node = JSON.readTree(text);
      return Alert.of(node.path("id").asText(), node.path("agency").asText(), rule(node))
          .title(node.path("title").asText())
          .severity(Level.ofWord(node.path("severity").asText()))
          .techniques(list(node.path("techniques"), JsonNode::asText))
          .entities(
              list(
                  node.path("entities"),
                  e -> new Alert.Entity(e.path("field").asText(), e.path("value").asText())))
          .at(instant(node, "firstAt"), instant(node, "lastAt"), instant(node, "raisedAt"))
          .events(
              node.path("count").asLong(),
              list(node.path("events"), e -> EventId.parse(e.asText())))
          .why(list(node.path("why"), JsonNode::asText), list(node.path("whyData"), WhyJson::read))
          .status(status)
          .lane(node.path("lane").asText(), node.path("exercise").asBoolean())
          .group(node.path("group").asText())
          .category(node.path("category").asText())
          .build();
    } catch (JsonProcessingException e) {
      throw new LedgerFault("an alert in the ledger is damaged", e);
    }
  }

  private static RuleRef rule(JsonNode alert) {
    var rule = alert.path("rule");
    return new RuleRef(
        rule.path("id").asText(), rule.path("version").asText(), rule.path("title").asText());
  }

  private static Instant instant(JsonNode alert, String name) {
    return Instant.parse(alert.path(name).asText());
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> each) {
    var items = new ArrayList<T>();
    array.forEach(node -> items.add(each.apply(node)));
    return items;
  }
}
