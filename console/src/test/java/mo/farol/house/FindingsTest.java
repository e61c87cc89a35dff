package mo.farol.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the centre itself reaches the committee as an alert, once. */
@Timeout(180)
class FindingsTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final String AUTHORITY_ENDS =
      "farol_health_ending_seconds\\{agency=\"\",what=\"authority\"} [0-9.E]+";

  @TempDir private Path home;

  @Test
  void a_broken_seal_is_one_critical_alert_for_the_committee_and_stays_one_over_restarts()
      throws Exception {
    try (var house = House.open(home)) {
      send(house, "one");
      assertThat(alerts(house, "seal-broken")).isEmpty();
    }
    Files.writeString(
        home.resolve("seal/removals.jsonl"),
        "{\"number\":1}\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    String raisedAt;
    try (var house = House.open(home)) {
      await().atMost(SOON).until(() -> alerts(house, "seal-broken").size() == 1);
      var alert = alerts(house, "seal-broken").getFirst();
      raisedAt = alert.path("raisedAt").asText();
      assertThat(alert.path("severity").asText()).isEqualTo("critical");
      assertThat(alert.path("agency").asText()).isEqualTo("national");
      assertThat(alert.path("why").get(0).asText())
          .contains("line 1 of removals.jsonl", "farol verify --home");
      String closing =
          "{\"ids\":[\"%s\"],\"action\":\"close\",\"verdict\":\"true_positive\",\"reason\":\"known\"}"
              .formatted(alert.path("id").asText());
      assertThat(house.send("PATCH", "/alerts", closing).statusCode()).isEqualTo(200);
    }
    try (var house = House.open(home)) {
      assertThat(house.healthz()).isEqualTo("seal");
      send(house, "two");
      var again = alerts(house, "seal-broken");
      assertThat(again).hasSize(1);
      assertThat(again.getFirst().path("raisedAt").asText()).isEqualTo(raisedAt);
      assertThat(again.getFirst().path("status").asText()).isEqualTo("closed");
    }
  }

  @Test
  void damage_found_at_a_start_is_an_alert_that_names_the_events() throws Exception {
    long from;
    long to;
    try (var house = House.open(home)) {
      send(house, "first");
      from = Files.size(segment());
      send(house, "the one that is hurt");
      to = Files.size(segment());
      send(house, "last");
    }
    byte[] bytes = Files.readAllBytes(segment());
    bytes[(int) (from + to) / 2] ^= 1;
    Files.write(segment(), bytes);
    try (var house = House.open(home)) {
      await().atMost(SOON).until(() -> alerts(house, "journal-damaged").size() == 1);
      var alert = alerts(house, "journal-damaged").getFirst();
      assertThat(alert.path("severity").asText()).isEqualTo("critical");
      assertThat(alert.path("why").get(0).asText())
          .contains("events 1 to 1 at most lay there", "journal/quarantine");
      assertThat(house.get("/incidents").path("items")).hasSize(1);
    }
  }

  @Test
  void what_ends_is_measured() throws Exception {
    try (var house = House.open(home);
        var client = HttpClient.newHttpClient()) {
      var metrics = Pattern.compile("metrics=(\\S+)").matcher(house.farol().readyLine());
      assertThat(metrics.find()).isTrue();
      var address = URI.create("http://" + metrics.group(1) + "/metrics");
      var request = HttpRequest.newBuilder(address).build();
      await()
          .atMost(SOON)
          .until(
              () ->
                  client
                      .send(request, HttpResponse.BodyHandlers.ofString())
                      .body()
                      .lines()
                      .anyMatch(line -> line.matches(AUTHORITY_ENDS)));
    }
  }

  private static void send(House house, String line) throws IOException {
    long before = house.farol().status().received();
    house.syslog("intake.syslog.tcp", List.of("<13>1 - web-01 app - - - " + line));
    await().atMost(SOON).until(() -> house.isSettled(before + 1));
  }

  private static List<JsonNode> alerts(House house, String rule)
      throws IOException, InterruptedException {
    var found = new ArrayList<JsonNode>();
    for (var alert : house.get("/alerts").path("items")) {
      if (alert.path("rule").path("id").asText().equals(rule)) {
        found.add(alert);
      }
    }
    return found;
  }

  private Path segment() throws IOException {
    try (var files = Files.list(home.resolve("journal"))) {
      return files.filter(f -> f.toString().endsWith(".seg")).findFirst().orElseThrow();
    }
  }
}
