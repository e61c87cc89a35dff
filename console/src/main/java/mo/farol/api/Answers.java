package mo.farol.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mo.farol.saved.Wanted;
import mo.farol.web.Refused;

/** Reading requests and writing answers, alike in every resource. */
final class Answers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LIMIT = 100;
  private static final int MOST = 1_000;

  private Answers() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static void send(Context context, JsonNode node) {
    sendBytes(context, bytes(node));
  }

  /** Sends a tree made to {@link #bytes} before. */
  static void sendBytes(Context context, byte[] json) {
    context.contentType("application/json").result(json);
  }

  /** The text of a tree in UTF-8. */
  static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always written", e);
    }
  }

  static <T> ObjectNode list(
      List<T> items, Optional<String> next, long total, Function<T, JsonNode> each) {
    var node = object();
    ArrayNode array = node.putArray("items");
    items.forEach(item -> array.add(each.apply(item)));
    node.put("next", next.orElse(null));
    node.put("total", total);
    return node;
  }

  static Refused missing(String what) {
    return new Refused(404, "No such " + what, "It never was, or is not yours to see.");
  }

  /**
   * Rows wanted: 100 unless asked, 1 to 1,000; anything else is refused rather than cut silently.
   */
  static int limit(Context context) {
    String text = context.queryParam("limit");
    if (text == null) {
      return LIMIT;
    }
    if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
      throw new Refused(
          400,
          "Not understood",
          "limit is a number from 1 to " + MOST + "; follow 'next' for more.");
    }
    return Integer.parseInt(text);
  }

  static Optional<String> some(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(t -> !t.isBlank());
  }

  /** One that was asked for, brought within the years 1 to 9999 where it lies beyond. */
  static Instant instant(Context context, String name, Instant otherwise) {
    var text = some(context, name);
    try {
      return text.map(Instant::parse).map(Wanted::near).orElse(otherwise);
    } catch (DateTimeException e) {
      throw new Refused(
          400, "Not understood", name + " is an instant such as 2026-11-24T08:00:00Z.");
    }
  }

  static JsonNode body(Context context) {
    try {
      var node = JSON.readTree(context.bodyAsBytes());
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      // told below like any other body that is no object
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    throw new Refused(400, "Not understood", "Send one JSON object.");
  }

  static String needed(JsonNode body, String name) {
    String text = body.path(name).asText("");
    if (text.isBlank()) {
      throw new Refused(400, "Something is missing", "Send '" + name + "'.");
    }
    return text;
  }

  static long millis(Duration duration) {
    return duration.toMillis();
  }
}
