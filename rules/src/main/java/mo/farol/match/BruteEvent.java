package mo.farol.match;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;

/**
 * An event as strings, for the matcher that asks every rule.
 *
 * @param fields values by name, spaces left out
 * @param sent what the sender wrote, and not our words about it
 * @param raw the frame
 */
record BruteEvent(Map<String, List<String>> fields, List<String> sent, String raw) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static BruteEvent of(EventBatch batch, int i, ZoneId zone) {
    var fields = new LinkedHashMap<String, List<String>>();
    var sent = new ArrayList<String>();
    for (int k = batch.from(i); k < batch.to(i); k++) {
      String name = Fields.name(batch.field(k)).replace(" ", "");
      fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(batch.text(k));
      boolean isOurs = View.WORDS.contains(name) && !batch.isSlice(k);
      if (!isOurs && !name.equals("event.dataset") && !name.startsWith("farol.")) {
        sent.add(batch.text(k));
      }
    }
    fields.computeIfAbsent(View.TIMESTAMP, _ -> List.of(View.timeOf(batch, i, zone)));
    var frames = batch.frames();
    int start = frames.start(i);
    int length = frames.end(i) - start;
    return new BruteEvent(
        fields, sent, new String(frames.bytes(), start, length, StandardCharsets.UTF_8));
  }

  /** Values under the first of these names that has any. */
  List<String> values(List<String> names) {
    return names.stream()
        .filter(fields::containsKey)
        .findFirst()
        .map(name -> fields.getOrDefault(name, List.of()))
        .orElse(List.of());
  }

  /** Whether one of these names is there, be it without a value. */
  boolean isThere(List<String> names) {
    return !values(names).isEmpty() || names.stream().anyMatch(name -> has(json(), name));
  }

  private JsonNode json() {
    int brace = raw.indexOf('{');
    try {
      return brace < 0 ? MissingNode.getInstance() : JSON.readTree(raw.substring(brace));
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static boolean has(JsonNode node, String name) {
    if (node.isArray()) {
      return node.valueStream().anyMatch(each -> has(each, name));
    }
    return node.propertyStream()
        .anyMatch(
            each -> {
              String key = each.getKey().replace(" ", "");
              return key.equals(name)
                  || (name.startsWith(key + ".")
                      && has(each.getValue(), name.substring(key.length() + 1)));
            });
  }
}
