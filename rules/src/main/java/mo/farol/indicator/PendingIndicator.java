package mo.farol.indicator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Micros;
import mo.farol.indicator.Novelties.Novelty;

/** An indicator that waits as JSON, and back. */
final class PendingIndicator {
  private PendingIndicator() {}

  static ObjectNode node(Novelty one) {
    var told = one.indicator();
    var node = JsonNodeFactory.instance.objectNode();
    node.put("id", told.id());
    put(node, new Novelties.Value(told.kind(), told.value()));
    texts(node, "sources", told.sources());
    node.put("confidence", told.confidence());
    node.put("tlp", told.tlp().name());
    told.validFrom().ifPresent(time -> node.put("from", Micros.of(time)));
    told.validUntil().ifPresent(time -> node.put("until", Micros.of(time)));
    texts(node, "labels", told.labels());
    texts(node, "agencies", one.agencies());
    var parts = node.putArray("together");
    for (var part : one.together()) {
      var values = parts.addArray();
      part.forEach(value -> put(values.addObject(), value));
    }
    return node;
  }

  private static void put(ObjectNode node, Novelties.Value value) {
    node.put("kind", value.kind().name());
    node.put("value", value.value());
  }

  private static void texts(ObjectNode node, String name, Collection<String> texts) {
    var array = node.putArray(name);
    texts.forEach(array::add);
  }

  /** An {@link IllegalArgumentException} says that it is none. */
  static Novelty novelty(JsonNode node) {
    var value = value(node);
    var indicator =
        new Indicator(
            node.path("id").asText(),
            value.kind(),
            value.value(),
            texts(node.path("sources")),
            node.path("confidence").asInt(),
            Tlp.valueOf(node.path("tlp").asText()),
            time(node.path("from")),
            time(node.path("until")),
            texts(node.path("labels")));
    var together = new ArrayList<List<Novelties.Value>>();
    for (var part : node.path("together")) {
      var values = new ArrayList<Novelties.Value>();
      part.forEach(each -> values.add(value(each)));
      together.add(values);
    }
    return new Novelty(indicator, new HashSet<>(texts(node.path("agencies"))), together);
  }

  // A value that is none of its kind would stop all that wait with it.
  private static Novelties.Value value(JsonNode node) {
    var value =
        new Novelties.Value(Kind.valueOf(node.path("kind").asText()), node.path("value").asText());
    try {
      Key.of(value.kind(), value.value());
    } catch (Unreadable e) {
      throw new IllegalArgumentException(e.reason(), e);
    }
    return value;
  }

  private static List<String> texts(JsonNode node) {
    var texts = new ArrayList<String>();
    node.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static Optional<Instant> time(JsonNode node) {
    return node.isIntegralNumber()
        ? Optional.of(Micros.toInstant(node.asLong()))
        : Optional.empty();
  }
}
