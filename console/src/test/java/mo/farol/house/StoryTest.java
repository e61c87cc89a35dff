package mo.farol.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.io.TempDir;

/** One real event carried all the way: from a socket to the report. */
class StoryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void guessed_passwords_become_an_incident_with_a_playbook_and_a_report(@TempDir Path home)
      throws Exception {
    try (var house = House.open(home, "intake.pinned=finance=0")) {
      house.syslog("intake.syslog.tcp.finance", attack());
      await().atMost(PATIENCE).until(() -> house.get("/incidents").path("total").asInt() == 1);
      await().atMost(PATIENCE).until(() -> house.isSettled(14));

      var alerts = house.get("/alerts").path("items");
      assertThat(alerts.findValuesAsText("title"))
          .anyMatch(t -> t.startsWith("Password guessed: svc-backup"));
      var guessed = house.get("/alerts?text=guessed&severity=high").path("items").get(0);
      assertThat(guessed.path("agency").asText()).isEqualTo("finance");
      assertThat(guessed.path("why").size()).isGreaterThan(1);
      String cited = guessed.path("events").get(0).asText();
      assertThat(house.get("/events/" + cited).path("raw").asText()).contains("Failed password");

      var incident = house.get("/incidents").path("items").get(0);
      String id = incident.path("id").asText();
      var run = house.get("/incidents/" + id + "/runs").path("items").get(0);
      String step = openStep(run);
      var done =
          house.send(
              "POST",
              "/runs/" + run.path("id").asText() + "/steps/" + step,
              "{\"action\":\"done\",\"note\":\"called the contact\"}");
      assertThat(done.statusCode()).isEqualTo(200);
      var twice =
          house.send(
              "POST",
              "/runs/" + run.path("id").asText() + "/steps/" + step,
              "{\"action\":\"done\"}");
      assertThat(twice.statusCode()).isEqualTo(409);

      var report = house.send("POST", "/incidents/" + id + "/reports", "{\"format\":\"html\"}");
      assertThat(report.statusCode()).isEqualTo(201);
      String reportId =
          new com.fasterxml.jackson.databind.ObjectMapper()
              .readTree(report.body())
              .path("id")
              .asText();
      String html =
          house
              .getAs(
                  house.token(new Person("a", "A", Role.ANALYST, Optional.empty())),
                  "/reports/" + reportId + "/body")
              .body();
      assertThat(html)
          .contains("called the contact")
          .contains("id=\"e" + cited + "\"")
          .contains("TLP:AMBER");
    }
  }

  @Test
  void an_agency_sees_its_own_and_nothing_of_another(@TempDir Path home) throws Exception {
    try (var house = House.open(home, "intake.pinned=finance=0,health=0")) {
      house.syslog(
          "intake.syslog.tcp.finance",
          List.of("<13>1 " + now() + " f1 app - - - secret of finance"));
      house.syslog(
          "intake.syslog.tcp.health", List.of("<13>1 " + now() + " h1 app - - - word of health"));
      await().atMost(PATIENCE).until(() -> house.isSettled(2));
      String token = house.token(new Person("hana", "Hana", Role.AGENCY, Optional.of("health")));
      for (String query :
          List.of(
              "",
              "agency:finance",
              "NOT%20agency:health",
              "secret",
              "host.name:f*",
              "host.name:/f.*/")) {
        assertThat(house.getAs(token, "/events?q=" + query).body())
            .as(query)
            .doesNotContain("secret of finance");
      }
      assertThat(
              house.getAs(token, "/events/0").statusCode()
                  + house.getAs(token, "/events/1").statusCode())
          .isEqualTo(200 + 404);
      assertThat(house.getAs(token, "/events/top?field=host.name").body())
          .doesNotContain("f1")
          .contains("h1");
      assertThat(house.getAs(token, "/sources").body()).doesNotContain("f1").contains("h1");
      assertThat(house.getAs(token, "/status").statusCode()).isEqualTo(403);
      assertThat(house.getAs("farol_wrong", "/events").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void datagrams_of_two_agencies_from_one_address_stay_apart(@TempDir Path home) throws Exception {
    try (var house = House.open(home, "intake.pinned=finance=0,finance=udp:0,health=udp:0")) {
      assertThat(house.farol().readyLine())
          .contains(
              " intake.syslog.tcp.finance=127.0.0.1:",
              " intake.syslog.udp.finance=127.0.0.1:",
              " intake.syslog.udp.health=127.0.0.1:");
      for (String agency : List.of("finance", "health")) {
        house.datagram(
            "intake.syslog.udp." + agency, "<13>1 " + now() + " fw app - - - word of " + agency);
      }
      await().atMost(PATIENCE).until(() -> house.isSettled(2));
      for (String agency : List.of("finance", "health")) {
        var found = house.search("agency:" + agency).path("items");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).toString()).contains("word of " + agency);
      }
      assertThat(house.get("/agencies/finance/snippets/device").path("text").asText())
          .contains("port " + house.farol().listener("intake.syslog.udp.finance").getPort());
    }
  }

  @Test
  void bad_input_is_kept_counted_and_stops_nothing(@TempDir Path home) throws Exception {
    try (var house = House.open(home)) {
      String token = house.farol().ingestToken("agency-a", "test");
      assertThat(house.post(token, "{\"a\":".repeat(10_000).getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(200);
      assertThat(house.post("farol_in_wrong", "x".getBytes(StandardCharsets.UTF_8))).isEqualTo(401);
      house.syslog("intake.syslog.tcp", List.of("g".repeat(1 << 20)));
      house.syslog(
          "intake.syslog.tcp", List.of("<13>1 " + now() + " h app - - - after the garbage"));
      await()
          .atMost(PATIENCE)
          .until(() -> house.search("\"after the garbage\"").path("total").asInt() == 1);
      assertThat(house.search("farol.rejected:*").path("total").asInt()).isGreaterThanOrEqualTo(1);
      var again = house.send("POST", "/events/replay", "");
      assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
      assertThat(again.body()).contains("\"read\":0");
    }
  }

  private static String openStep(com.fasterxml.jackson.databind.JsonNode run) {
    for (var step : run.path("steps")) {
      if (step.path("state").asText().equals("open")) {
        return step.path("id").asText();
      }
    }
    throw new AssertionError("no step is open: " + run);
  }

  private static List<String> attack() {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 12; i++) {
      lines.add(
          "<38>1 "
              + now()
              + " web-02 sshd 41 - - Failed password for svc-backup from 198.51.100.7 port 4"
              + i
              + " ssh2");
    }
    lines.add(
        "<38>1 "
            + now()
            + " web-02 sshd 42 - - Accepted password for svc-backup from 198.51.100.7 port 50"
            + " ssh2");
    lines.add(
        "<85>1 "
            + now()
            + " web-02 sudo - - - svc-backup : TTY=pts/3 ; PWD=/home/svc-backup ; USER=root ;"
            + " COMMAND=/bin/bash");
    return lines;
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
