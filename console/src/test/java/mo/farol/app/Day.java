package mo.farol.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import mo.farol.sigma.Level;

/** A labelled day: its lines, and what alerts of the API it must and must not give. */
record Day(Path folder, JsonNode labels) {
  private static final Duration SLACK = Duration.ofMinutes(1);

  static Day of(Path folder) throws IOException {
    return new Day(folder, new ObjectMapper().readTree(folder.resolve("scenario.json").toFile()));
  }

  String lines() {
    return folder.resolve("events.syslog.gz").toString();
  }

  long count() {
    return labels.path("lines").path("syslog").asLong();
  }

  /** Keys of what must be raised and is not among these alerts. */
  List<String> missing(JsonNode alerts) {
    return labels("must_alert").stream()
        .filter(must -> items(alerts).stream().noneMatch(alert -> raises(alert, must)))
        .map(must -> must.path("key").asText())
        .toList();
  }

  /** Keys of what must not be raised and is. */
  List<String> wrong(JsonNode alerts) {
    return labels("must_not_alert").stream()
        .filter(
            not ->
                items(alerts).stream()
                    .anyMatch(alert -> isAbout(alert, not) && isWithin(alert, not)))
        .map(not -> not.path("key").asText())
        .toList();
  }

  private List<JsonNode> labels(String kind) {
    return items(labels.path(kind));
  }

  private static boolean raises(JsonNode alert, JsonNode must) {
    return items(alert.path("techniques")).contains(must.path("technique"))
        && Level.ofWord(alert.path("severity").asText())
            .isAtLeast(Level.ofWord(must.path("severity_at_least").asText()))
        && isAbout(alert, must)
        && isWithin(alert, must);
  }

  private static boolean isAbout(JsonNode alert, JsonNode label) {
    var entities = label.path("entities").properties();
    return !entities.isEmpty()
        && entities.stream()
            .allMatch(
                wanted ->
                    items(alert.path("entities")).stream()
                        .map(e -> e.path("value").asText())
                        .anyMatch(v -> isSame(v, wanted.getValue().asText())));
  }

  // A host by its short or its full name.
  private static boolean isSame(String value, String wanted) {
    return value.equals(wanted) || value.startsWith(wanted + ".");
  }

  private static boolean isWithin(JsonNode alert, JsonNode label) {
    var evidence = label.path("evidence");
    var first = Instant.parse(evidence.path("first_time").asText()).minus(SLACK);
    var last = Instant.parse(evidence.path("last_time").asText()).plus(SLACK);
    return !Instant.parse(alert.path("lastAt").asText()).isBefore(first)
        && !Instant.parse(alert.path("firstAt").asText()).isAfter(last);
  }

  private static List<JsonNode> items(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
