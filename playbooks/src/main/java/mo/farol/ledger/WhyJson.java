package mo.farol.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import mo.farol.alert.WhyStep;
import mo.farol.event.EventId;
import mo.farol.sigma.RuleRef;

/** A step of an alert's why as JSON: one of {@code whyData}. */
final class WhyJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private WhyJson() {}

  static JsonNode tree(WhyStep step) {
    var node = JSON.createObjectNode();
    node.put("kind", step.kind().name().toLowerCase(Locale.ROOT));
    node.put("words", step.words());
    step.rule()
        .ifPresent(
            rule ->
                node.putObject("rule")
                    .put("id", rule.id())
                    .put("version", rule.version())
                    .put("title", rule.title()));
    var matches = node.putArray("matches");
    for (var match : step.matches()) {
      matches
          .addObject()
          .put("selection", match.selection())
          .put("field", match.field())
          .put("value", match.value())
          .put("expected", match.expected());
    }
    var events = node.putArray("events");
    step.events().forEach(id -> events.add(id.toString()));
    node.put("count", step.count());
    if (step.to() > 0) {
      node.put("from", Instant.ofEpochMilli(step.from()).toString());
      node.put("to", Instant.ofEpochMilli(step.to()).toString());
    }
    return node;
  }

  static WhyStep read(JsonNode node) {
    var matches = new ArrayList<WhyStep.Match>();
    for (var match : node.path("matches")) {
      matches.add(
          new WhyStep.Match(
              match.path("selection").asText(),
              match.path("field").asText(),
              match.path("value").asText(),
              match.path("expected").asText()));
    }
    var events = new ArrayList<EventId>();
    node.path("events").forEach(id -> events.add(EventId.parse(id.asText())));
    return new WhyStep(
        WhyStep.Kind.valueOf(node.path("kind").asText().toUpperCase(Locale.ROOT)),
        node.path("words").asText(),
        rule(node.path("rule")),
        matches,
        events,
        node.path("count").asLong(),
        millis(node.path("from")),
        millis(node.path("to")));
  }

  private static Optional<RuleRef> rule(JsonNode node) {
    return node.isObject()
        ? Optional.of(
            new RuleRef(
                node.path("id").asText(),
                node.path("version").asText(),
                node.path("title").asText()))
        : Optional.empty();
  }

  private static long millis(JsonNode node) {
    return node.isTextual() ? Instant.parse(node.asText()).toEpochMilli() : 0;
  }
}
