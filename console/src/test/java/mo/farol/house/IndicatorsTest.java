package mo.farol.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.account.Person;
import mo.farol.account.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Indicators in a running centre, from a list to the alert. */
@Timeout(120)
class IndicatorsTest {
  private static final Person HEALTH =
      new Person("hui", "Hui", Role.AGENCY, Optional.of("agency-a"));

  private static final Person COMMITTEE =
      new Person("carlos", "Carlos", Role.COMMITTEE, Optional.empty());

  @TempDir Path home;

  private static String query(String name) {
    return "<13>1 %s ws-7 dnsmasq 1 - - query[A] %s from 192.0.2.7"
        .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS), name);
  }

  private static void settle(House house, long count) {
    await().atMost(Duration.ofSeconds(30)).until(() -> house.isSettled(count));
  }

  private static List<String> titles(House house) throws Exception {
    var titles = new ArrayList<String>();
    house.get("/alerts?limit=10").path("items").forEach(a -> titles.add(a.path("title").asText()));
    return titles;
  }

  private void sources(String text) throws IOException {
    Path folder = Files.createDirectories(home.resolve("rules/indicators"));
    Files.writeString(folder.resolve("sources.yml"), "sources:\n" + text);
  }

  @Test
  void a_list_is_matched_from_the_first_event_on_and_one_added_later_from_then_on()
      throws Exception {
    Path folder = Files.createDirectories(home.resolve("rules/indicators"));
    Files.writeString(folder.resolve("first.txt"), "evil.test\n");
    Files.writeString(folder.resolve("other.txt"), "later.test\n");
    sources(
        """
          - {file: first.txt, format: list, confidence: 90, tlp: green}
          - {file: other.txt, format: list, confidence: 90, agencies: [water]}
        """);
    try (var house = House.open(home)) {
      house.syslog("intake.syslog.tcp", List.of(query("www.evil.test"), query("later.test")));
      settle(house, 2);
      assertThat(titles(house)).containsExactly("Known threat seen: evil.test on ws-7");
      var added = house.send("POST", "/indicators?name=more&confidence=95&tlp=red", "later.test\n");
      assertThat(added.statusCode()).isEqualTo(201);
      house.syslog("intake.syslog.tcp", List.of(query("a.later.test")));
      settle(house, 3);
      assertThat(titles(house)).contains("Known threat seen: a.later.test on ws-7");
      var hits = house.get("/indicators/hits").path("items");
      assertThat(hits.findValuesAsText("value"))
          .containsExactlyInAnyOrder("later.test", "evil.test");
      var own = house.getAs(house.token(HEALTH), "/indicators/hits").body();
      assertThat(own).contains("evil.test").doesNotContain("\"later.test\"");
      var back = lookedBack(house, "Above TLP:AMBER: 1 new indicators");
      assertThat(back.path("kind").asText()).isEqualTo("indicators-red");
      assertThat(back.path("result").path("matched").asInt())
          .as("both, the one from before the list too")
          .isEqualTo(2);
      var committee = house.token(COMMITTEE);
      assertThat(house.getAs(committee, "/hunts").body())
          .contains(back.path("id").asText())
          .doesNotContain("later.test");
      assertThat(house.getAs(committee, "/hunts/" + back.path("id").asText()).statusCode())
          .isEqualTo(404);
      assertThat(house.getAs(house.token(HEALTH), "/hunts").body())
          .doesNotContain("new indicators");
    }
  }

  private static JsonNode lookedBack(House house, String title) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> hunt(house, title), found -> found.path("state").asText().equals("done"));
  }

  private static JsonNode hunt(House house, String title) throws Exception {
    for (JsonNode each : house.get("/hunts").path("items")) {
      if (each.path("title").asText().equals(title)) {
        return house.get("/hunts/" + each.path("id").asText());
      }
    }
    return MissingNode.getInstance();
  }

  @Test
  void a_restart_raises_nothing_twice() throws Exception {
    sources("  - {file: first.txt, format: list, confidence: 90, tlp: green}\n");
    Files.writeString(home.resolve("rules/indicators/first.txt"), "evil.test\n");
    String before;
    try (var house = House.open(home)) {
      house.syslog("intake.syslog.tcp", List.of(query("evil.test")));
      settle(house, 1);
      before = // once its case is open, which follows the alert
          await()
              .atMost(Duration.ofSeconds(30))
              .until(
                  () -> house.get("/alerts?limit=10").path("items").toString(),
                  alerts -> alerts.contains("\"incident\":\"FRL-"));
      assertThat(before).contains("evil.test");
    }
    try (var house = House.open(home)) {
      settle(house, 1);
      assertThat(house.get("/alerts?limit=10").path("items").toString()).isEqualTo(before);
      assertThat(house.get("/indicators/hits").path("items").get(0).path("count").asInt())
          .isEqualTo(1);
    }
  }

  @Test
  void history_is_looked_through_once_for_a_list_though_the_centre_is_restarted_at_once()
      throws Exception {
    try (var house = House.open(home)) {
      house.syslog("intake.syslog.tcp", List.of(query("www.evil.test")));
      settle(house, 1);
      house.send("POST", "/indicators?name=more&confidence=95&tlp=green", "evil.test\n");
    }
    try (var house = House.open(home)) {
      var back = lookedBack(house, "1 new indicators of more");
      assertThat(back.path("result").path("matched").asInt()).isEqualTo(1);
    }
    try (var house = House.open(home)) {
      house.send("POST", "/indicators?name=less&confidence=95&tlp=green", "other.test\n");
      lookedBack(house, "1 new indicators of less");
      assertThat(house.get("/hunts").path("items").findValuesAsText("state"))
          .filteredOn(state -> state.equals("done"))
          .as("one each")
          .hasSize(2);
    }
  }
}
