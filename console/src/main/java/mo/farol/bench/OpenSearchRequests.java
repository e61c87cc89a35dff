package mo.farol.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.SortedSet;
import mo.farol.event.FieldTypes;
import mo.farol.event.Fields;

/** What is said to OpenSearch and what it says, as JSON. */
final class OpenSearchRequests {
  /** One shard without a copy; a refresh every 5 s, where Farol's is every half second. */
  static final String SETTINGS =
      """
      {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "5s"}\
      """;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TIME = "@timestamp";

  private OpenSearchRequests() {}

  /** An index whose fields are these and no others. */
  static String index(SortedSet<String> fields) {
    var root = JSON.createObjectNode();
    root.set("settings", tree(SETTINGS));
    var mappings = root.putObject("mappings").put("dynamic", "strict");
    var properties = mappings.putObject("properties");
    properties.putObject(TIME).put("type", "date");
    for (var field : fields) {
      if (field.equals("message")) {
        properties.putObject(field).put("type", "text").put("norms", false);
      } else if (!field.equals(TIME)) {
        properties.putObject(field).put("type", type(field));
      }
    }
    return root.toString();
  }

  private static String type(String field) {
    return switch (FieldTypes.of(Fields.id(field))) {
      case IP -> "ip";
      case LONG -> "long";
      case FLOAT -> "double";
      case BOOLEAN -> "boolean";
      case KEYWORD, DATE -> "keyword";
    };
  }

  /**
   * A question.
   *
   * @param exact whether all matches are to be counted
   */
  static String body(Question question, boolean exact) {
    var root = JSON.createObjectNode();
    var filter = root.putObject("query").putObject("bool").putArray("filter");
    switch (question) {
      case Question.Term q -> {
        filter.addObject().putObject("term").put(q.field(), q.value());
        newest(root);
      }
      case Question.Text q -> {
        words(filter, q.one(), q.other());
        during(filter, q);
        newest(root);
      }
      case Question.Wildcard q -> {
        filter.addObject().putObject("wildcard").put(q.field(), q.pattern());
        newest(root);
      }
      case Question.Counts q -> {
        during(filter, q);
        if (!q.isOfAll()) {
          words(filter, q.one(), q.other());
        }
        var bins = root.put("size", 0).putObject("aggs").putObject("counts");
        bins.putObject("date_histogram")
            .put("field", TIME)
            .put("fixed_interval", Question.BIN.toMinutes() + "m");
      }
      case Question.Top q -> {
        during(filter, q);
        var values = root.put("size", 0).putObject("aggs").putObject("counts");
        values.putObject("terms").put("field", q.field()).put("size", q.values());
      }
    }
    if (exact) {
      root.put("track_total_hits", true);
    }
    return root.toString();
  }

  private static void newest(ObjectNode root) {
    root.put("size", Question.PAGE).putArray("sort").addObject().put(TIME, "desc");
  }

  private static void words(ArrayNode filter, String one, String other) {
    filter
        .addObject()
        .putObject("match")
        .putObject("message")
        .put("query", one + " " + other)
        .put("operator", "and");
  }

  private static void during(ArrayNode filter, Question question) {
    filter
        .addObject()
        .putObject("range")
        .putObject(TIME)
        .put("gte", question.from().toString())
        .put("lt", question.to().toString());
  }

  /** The answer to a question that was exact. */
  static Answer read(Question question, byte[] answer) throws IOException {
    var said = JSON.readTree(answer);
    if (said.path("timed_out").asBoolean() || said.path("_shards").path("failed").asInt() > 0) {
      throw new IOException("opensearch did not answer in full: " + said);
    }
    var buckets = said.path("aggregations").path("counts").path("buckets");
    return switch (question) {
      case Question.Counts _, Question.Top _ -> counts(buckets);
      default -> rows(said.path("hits"));
    };
  }

  private static Answer counts(JsonNode buckets) {
    var counts = new ArrayList<Long>();
    buckets.forEach(bucket -> counts.add(bucket.path("doc_count").asLong()));
    counts.removeIf(count -> count == 0);
    return new Answer(counts.stream().mapToLong(Long::longValue).sum(), counts);
  }

  private static Answer rows(JsonNode hits) {
    var times = new ArrayList<Long>();
    hits.path("hits")
        .forEach(
            hit ->
                times.add(Instant.parse(hit.path("_source").path(TIME).asText()).toEpochMilli()));
    return new Answer(hits.path("total").path("value").asLong(), times);
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a text of ours is no JSON", e);
    }
  }
}
