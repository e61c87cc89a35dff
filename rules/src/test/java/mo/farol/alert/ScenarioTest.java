package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mo.farol.event.SharedData;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Labelled days: what must be raised, and what must be left alone. */
class ScenarioTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ISO =
      Pattern.compile("[0-9]{4}-([0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}:[0-9]{2})");
  private static final Pattern BSD =
      Pattern.compile("([A-Z][a-z]{2}) ([ 0-9]?[0-9]) ([0-9]{2}:[0-9]{2}:[0-9]{2})");
  private static final Duration SLACK = Duration.ofMinutes(1);
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "src_ip", Set.of("source.ip"),
          "dst_ip", Set.of("destination.ip"),
          "host", Set.of("host.name"),
          "user", Set.of("user.name"),
          "process", Set.of("process.executable", "process.name"),
          "path", Set.of("url.path", "file.path"));

  @TempDir private Path own;

  static Stream<String> days() throws IOException {
    return SharedData.folders("scenarios").stream();
  }

  @ParameterizedTest
  @MethodSource("days")
  void a_labelled_day_raises_what_it_must_and_nothing_it_must_not(String day) throws IOException {
    var folder = SharedData.find("scenarios/" + day);
    Assumptions.assumeTrue(folder.isPresent(), "the labelled days are not on this machine");
    var scenario = JSON.readTree(folder.get().resolve("scenario.json").toFile());

    var rules = rules(scenario.path("allow_list"));
    var alerts = new Feed(rules, arrival(folder.get()), 500).alerts();

    for (JsonNode must : scenario.path("must_alert")) {
      assertThat(alerts.stream().anyMatch(alert -> raises(alert, must)))
          .as("%s in %s", must.path("key").asText(), summary(alerts))
          .isTrue();
    }
    for (JsonNode mustNot : scenario.path("must_not_alert")) {
      assertThat(alerts)
          .as(mustNot.path("key").asText())
          .noneMatch(alert -> isAbout(alert, mustNot.path("entities")) && isWithin(alert, mustNot));
    }
  }

  // The shipped rules, with the addresses under contract where an agency puts its own.
  private RuleBook rules(JsonNode allowed) throws IOException {
    var large = Files.readString(Path.of("book/large-upload/rule.yml"));
    String none = "      - 127.0.0.0/8";
    assertThat(large).contains(none);
    var text = new StringBuilder(none);
    allowed.forEach(address -> text.append("\n      - ").append(address.asText()).append("/32"));
    Files.writeString(own.resolve("rule.yml"), large.replace(none, text));
    try (var entries = Files.list(Path.of("book"))) {
      var folders = new ArrayList<>(entries.filter(e -> !e.endsWith("large-upload")).toList());
      folders.add(own);
      return RuleBook.load(folders);
    }
  }

  // Both streams of a day, by the time they carry.
  private static List<Feed.Line> arrival(Path folder) throws IOException {
    var lines = new ArrayList<>(Feed.lines(folder.resolve("events.syslog.gz")));
    lines.addAll(Feed.lines(folder.resolve("events.ndjson.gz")));
    lines.sort(Comparator.comparing(line -> time(line.text())));
    return lines;
  }

  // Month, day and clock, whichever way the line writes them.
  private static String time(String line) {
    var iso = ISO.matcher(line);
    if (iso.find() && iso.start() < 40) {
      return iso.group(1) + iso.group(2);
    }
    var bsd = BSD.matcher(line);
    if (!bsd.find()) {
      throw new IllegalArgumentException("no time in " + line);
    }
    int month = 1 + "JanFebMarAprMayJunJulAugSepOctNovDec".indexOf(bsd.group(1)) / 3;
    return "%02d-%2s".formatted(month, bsd.group(2)).replace(' ', '0') + bsd.group(3);
  }

  private static boolean raises(Alert alert, JsonNode must) {
    String technique = must.path("technique").asText();
    return alert.techniques().stream().anyMatch(t -> t.equals(technique))
        && alert.severity().isAtLeast(Level.ofWord(must.path("severity_at_least").asText()))
        && isAbout(alert, must.path("entities"))
        && isWithin(alert, must);
  }

  private static boolean isWithin(Alert alert, JsonNode label) {
    var first = Instant.parse(label.path("evidence").path("first_time").asText()).minus(SLACK);
    var last = Instant.parse(label.path("evidence").path("last_time").asText()).plus(SLACK);
    return !alert.lastAt().isBefore(first) && !alert.firstAt().isAfter(last);
  }

  private static boolean isAbout(Alert alert, JsonNode entities) {
    if (entities.isEmpty()) {
      return false;
    }
    return entities.properties().stream()
        .allMatch(
            wanted ->
                alert.entities().stream()
                    .filter(e -> FIELDS.getOrDefault(wanted.getKey(), Set.of()).contains(e.field()))
                    .anyMatch(e -> isSame(e, wanted.getValue().asText())));
  }

  private static boolean isSame(Alert.Entity entity, String value) {
    return entity.value().equalsIgnoreCase(value)
        || (entity.field().equals("host.name") && Hosts.same(entity.value(), value));
  }

  private static String summary(List<Alert> alerts) {
    var text = new StringBuilder();
    for (Alert alert : alerts) {
      text.append(
          "%n%s %s %s %s %s x%d"
              .formatted(
                  alert.firstAt(),
                  alert.severity(),
                  alert.title(),
                  alert.techniques(),
                  alert.entities().stream().map(Alert.Entity::value).toList(),
                  alert.count()));
    }
    return text.toString();
  }
}
