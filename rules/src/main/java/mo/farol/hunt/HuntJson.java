package mo.farol.hunt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** What a hunt found, as JSON: for the API, the command and the ledger. */
public final class HuntJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private HuntJson() {}

  /**
   * {@code matched, events, read, missing, groups, whole, shortfalls, finds, agencies, hours, hits,
   * coverage, warmUp, comparison, tookMillis}.
   */
  public static ObjectNode of(HuntResult result) {
    var node = JSON.createObjectNode();
    node.put("matched", result.matched())
        .put("events", result.events())
        .put("read", result.read())
        .put("missing", result.missing())
        .put("groups", result.groups())
        .put("whole", result.isWhole());
    var shortfalls = node.putArray("shortfalls");
    result.shortfalls().stream()
        .map(s -> s.name().toLowerCase(Locale.ROOT))
        .sorted()
        .forEach(shortfalls::add);
    var finds = node.putArray("finds");
    result
        .finds()
        .forEach(
            find ->
                finds
                    .addObject()
                    .put("what", find.what())
                    .put("title", find.title())
                    .put("count", find.count()));
    var agencies = node.putObject("agencies");
    result.agencies().forEach(agencies::put);
    var hours = node.putObject("hours");
    result.hours().forEach((hour, count) -> hours.put(hour.toString(), count));
    put(node.putArray("hits"), result.hits());
    node.set("coverage", of(result.coverage()));
    result.warmUp().ifPresent(warmUp -> node.set("warmUp", of(warmUp)));
    result.comparison().ifPresent(compared -> node.set("comparison", of(compared)));
    return node.put("tookMillis", result.took().toMillis());
  }

  private static ObjectNode of(HuntResult.Comparison compared) {
    var node =
        JSON.createObjectNode()
            .put("before", compared.before())
            .put("gained", compared.gained())
            .put("lost", compared.lost());
    put(node.putArray("gainedHits"), compared.gainedHits());
    put(node.putArray("lostHits"), compared.lostHits());
    return node;
  }

  private static ObjectNode of(HuntResult.WarmUp warmUp) {
    var node = JSON.createObjectNode();
    warmUp.from().ifPresent(from -> node.put("from", from.toString()));
    warmUp.oldest().ifPresent(oldest -> node.put("oldest", oldest.toString()));
    return node.put("cut", warmUp.isCut());
  }

  private static void put(ArrayNode into, List<HuntHit> hits) {
    for (var hit : hits) {
      var node =
          into.addObject()
              .put("event", hit.event().toString())
              .put("what", hit.what())
              .put("agency", hit.agency())
              .put("host", hit.host())
              .put("source", hit.source())
              .put("occurredAt", hit.occurredAt().toString())
              .put("why", hit.why());
      hit.group().ifPresent(group -> node.set("group", of(group)));
    }
  }

  private static ObjectNode of(HuntGroup group) {
    var node = JSON.createObjectNode();
    var values = node.putObject("values");
    group.values().forEach(values::put);
    node.put("count", group.count())
        .put("value", group.value())
        .put("firstAt", group.firstAt().toString())
        .put("lastAt", group.lastAt().toString())
        .put("least", group.isLeast());
    if (!group.lane().isEmpty()) {
      node.put("lane", group.lane());
    }
    if (group.exercise()) {
      node.put("exercise", true);
    }
    var events = node.putArray("events");
    group.events().forEach(event -> events.add(event.toString()));
    return node;
  }

  private static ObjectNode of(Coverage coverage) {
    var node = JSON.createObjectNode();
    node.put("oldest", coverage.oldest().map(Object::toString).orElse(null))
        .put("newest", coverage.newest().map(Object::toString).orElse(null))
        .put("step", coverage.step().toHours() == 1 ? "hour" : "day")
        .put("exact", coverage.exact());
    var agencies = node.putArray("agencies");
    for (var each : coverage.agencies()) {
      var one =
          agencies
              .addObject()
              .put("agency", each.agency())
              .put("events", each.events())
              .put("steps", each.steps())
              .put("of", each.allSteps());
      var gaps = one.putArray("gaps");
      each.gaps()
          .forEach(
              gap ->
                  gaps.addObject()
                      .put("from", gap.from().toString())
                      .put("to", gap.to().toString()));
    }
    var sources = node.putArray("sources");
    for (var each : coverage.sources()) {
      sources
          .addObject()
          .put("agency", each.agency())
          .put("host", each.host())
          .put("events", each.events())
          .put("first", each.first().toString())
          .put("last", each.last().toString())
          .put("steps", each.steps());
    }
    coverage.gone().ifPresent(gone -> node.put("gone", gone));
    node.put("moreSources", coverage.moreSources());
    var blind = node.putArray("blind");
    coverage.blind().forEach(blind::add);
    return node;
  }

  /** The text of a tree. */
  static String text(ObjectNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always written", e);
    }
  }

  /** The tree of a text that was kept; empty where there is none. */
  public static JsonNode tree(String text) {
    try {
      return text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a hunt was kept that is no JSON", e);
    }
  }

  /** A result that says what went wrong. */
  static String fault(String message) {
    return text(JSON.createObjectNode().put("fault", message));
  }
}
