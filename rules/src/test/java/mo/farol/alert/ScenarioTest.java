package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import mo.farol.event.SharedData;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The labelled days: what must be alerted is, what must not is not. */
class ScenarioTest {
  private static final Map<String, List<String>> FIELDS =
      Map.of(
          "src_ip", List.of("source.ip"),
          "dst_ip", List.of("destination.ip"),
          "host", List.of("host.name"),
          "user", List.of("user.name", "user.target.name"),
          "process", List.of("process.executable", "process.name"));

  @Test
  void the_day_of_the_ssh_brute_force_is_alerted_as_labelled() throws Exception {
    var day = day("ssh-bruteforce");
    var alerts = play(day);
    for (var wanted : label(day).path("must_alert")) {
      assertThat(alerts).as(wanted.path("key").asText()).anyMatch(a -> isThat(a, wanted));
    }
    for (var unwanted : label(day).path("must_not_alert")) {
      assertThat(alerts).as(unwanted.path("key").asText()).noneMatch(a -> isAbout(a, unwanted));
    }
  }

  @Test
  void the_same_day_twice_gives_the_same_alerts() throws Exception {
    var day = day("ssh-bruteforce");
    assertThat(play(day).stream().map(Alert::id).toList())
        .isEqualTo(play(day).stream().map(Alert::id).toList());
  }

  private static Path day(String name) {
    var found = SharedData.find("scenarios/" + name);
    Assumptions.assumeTrue(
        found.isPresent(), "SKIPPED: no labelled day " + name + "; set -Dfarol.data");
    return found.orElseThrow();
  }

  private static JsonNode label(Path day) throws Exception {
    return new ObjectMapper().readTree(Files.readString(day.resolve("scenario.json")));
  }

  private static List<Alert> play(Path day) throws Exception {
    var lines = new ArrayList<byte[]>();
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(day.resolve("events.syslog.gz"))),
                StandardCharsets.UTF_8))) {
      in.lines().forEach(l -> lines.add(l.getBytes(StandardCharsets.UTF_8)));
    }
    try (var rehearsal =
        new Rehearsal(RuleBook.load(List.of(Path.of("book"))), DecisionBook.shipped())) {
      return rehearsal.play("agency-a", Instant.parse("2026-01-01T00:00:00Z"), 2025, lines);
    }
  }

  private static boolean isThat(Alert alert, JsonNode wanted) {
    var evidence = wanted.path("evidence");
    boolean inTime =
        !alert.firstAt().isAfter(Instant.parse(evidence.path("last_time").asText()).plusSeconds(60))
            && !alert.lastAt().isBefore(Instant.parse(evidence.path("first_time").asText()));
    return inTime
        && alert.severity().isAtLeast(Level.ofWord(wanted.path("severity_at_least").asText()))
        && alert.techniques().stream()
            .anyMatch(t -> t.startsWith(wanted.path("technique").asText()))
        && isAbout(alert, wanted);
  }

  private static boolean isAbout(Alert alert, JsonNode label) {
    for (var entity : label.path("entities").properties()) {
      var fields = FIELDS.getOrDefault(entity.getKey(), List.of());
      String value = entity.getValue().asText();
      boolean named =
          alert.entities().stream()
              .anyMatch(
                  e ->
                      fields.contains(e.field())
                          && (e.value().equals(value) || e.value().startsWith(value + ".")));
      if (!named) {
        return false;
      }
    }
    return true;
  }
}
