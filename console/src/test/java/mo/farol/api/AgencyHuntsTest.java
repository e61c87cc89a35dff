package mo.farol.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import mo.farol.account.Role;
import mo.farol.page.SmallCentre;
import mo.farol.page.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hunts of an agency's people, and of correlations, over HTTP. */
class AgencyHuntsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GUESSING = "690888b0-5d94-4bb3-821b-9c6a97e0cd7e"; // of the book
  private static final String FAILED = "0a5ad392-f55b-4ecd-ab66-b64a40440831"; // what it counts
  private static final String FEWER =
      """
      title: Few guesses
      id: 690888b0-5d94-4bb3-821b-9c6a97e0cd7e
      correlation:
        type: event_count
        rules: [ssh-login-failed]
        group-by: [source.ip, host.name]
        timespan: 5m
        condition: {gte: %d}
      """;

  @TempDir private Path home;
  private SmallCentre centre;

  @BeforeEach
  void open() {
    centre = SmallCentre.withBook(home);
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("mia", Role.AGENCY, Optional.of("health"));
    centre.account("noel", Role.AGENCY, Optional.of("health"));
    centre.account("bela", Role.COMMITTEE, Optional.empty());
    failures("finance", "pay-01", "203.0.113.77", 12);
    failures("health", "ward-7", "203.0.113.78", 11);
    failures("health", "ward-8", "203.0.113.79", 4);
    centre.settle();
  }

  private void failures(String agency, String host, String from, int count) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      lines.add(
          "<38>1 2026-11-24T09:00:%02dZ %s sshd 40 - - Failed password for root from %s port 4%03d ssh2"
              .formatted(i, host, from, i));
    }
    var at = Instant.parse("2026-11-24T09:01:00Z");
    centre.send(agency, at, lines.toArray(String[]::new)).join();
  }

  @AfterEach
  void close() {
    centre.close();
  }

  @Test
  void an_agencys_people_hunt_in_its_own_events_and_learn_nothing_of_others() throws IOException {
    var all = hunted("ana", Map.of("rule", GUESSING));
    var own = hunted("mia", Map.of("rule", GUESSING));

    assertThat(all.path("result").path("groups").asLong()).isEqualTo(2);
    var result = own.path("result");
    assertThat(result.path("groups").asLong()).isEqualTo(1);
    assertThat(result.path("events").asLong()).isEqualTo(15);
    var hit = result.path("hits").get(0);
    assertThat(hit.path("agency").asText()).isEqualTo("health");
    assertThat(hit.path("host").asText()).isEqualTo("ward-7");
    assertThat(hit.path("source").asText()).isEqualTo("health/ward-7");
    assertThat(hit.path("group").path("count").asLong()).isEqualTo(11);
    assertThat(hit.path("group").path("values").path("source.ip").asText())
        .isEqualTo("203.0.113.78");
    assertThat(hit.path("group").path("events")).hasSize(11);
    assertThat(own.toString()).doesNotContain("finance").doesNotContain("pay-01");
    assertThat(begin("mia", Map.of("rule", GUESSING, "agency", "finance")).path("detail").asText())
        .contains("not yours to see");
  }

  @Test
  void the_text_of_a_rule_in_force_stays_unseen() throws IOException {
    var own = hunted("mia", Map.of("rule", FAILED));

    assertThat(own.path("title").asText()).isEqualTo("SSH login failed");
    assertThat(own.path("text").asText()).isEqualTo(FAILED);
    assertThat(own.path("result").path("matched").asLong()).isEqualTo(15);
    assertThat(begin("mia", Map.of("rule", "no-such")).path("detail").asText())
        .contains("no rule in force");
    assertThat(begin("mia", Map.of("rule", ",")).path("detail").asText())
        .contains("no rule in force");
    var mia = new Visitor(centre);
    mia.enter("mia");
    assertThat(mia.get("/rules/" + FAILED).body())
        .contains("name=\"rule\"")
        .doesNotContain("ssh-login-failed");
    assertThat(mia.get("/hunts").body()).contains("name=\"sigma\"");
    String at = mia.post("/hunts", Map.of("rule", FAILED)).headers().firstValue("Location").get();
    Awaitility.await().until(() -> mia.get(at).body().contains("15 events match"));
  }

  @Test
  void hunts_of_the_centre_are_not_theirs_to_see_and_own_ones_are_ended_by_who_began_them()
      throws IOException {
    String all = "/hunts/" + hunted("ana", Map.of("rule", FAILED)).path("id").asText();
    String own = "/hunts/" + hunted("mia", Map.of("rule", FAILED)).path("id").asText();

    assertThat(call("mia", "GET", all, "").statusCode()).isEqualTo(404);
    assertThat(call("mia", "DELETE", all, "").statusCode()).isEqualTo(404);
    assertThat(get("noel", "/hunts").path("items")).hasSize(1);
    assertThat(get("noel", own).path("state").asText()).isEqualTo("done");
    assertThat(call("noel", "DELETE", own, "").statusCode()).isEqualTo(403);
    assertThat(call("mia", "DELETE", own, "").statusCode()).isEqualTo(204);
    assertThat(call("bela", "POST", "/hunts", "{\"rule\":\"" + FAILED + "\"}").statusCode())
        .isEqualTo(403);
  }

  @Test
  void a_correlation_under_edit_is_compared_with_the_one_in_force() throws IOException {
    var hunt = hunted("ana", Map.of("sigma", FEWER.formatted(4), "against", GUESSING));

    var result = hunt.path("result");
    assertThat(hunt.path("title").asText()).isEqualTo("Few guesses");
    assertThat(result.path("matched").asLong()).isEqualTo(3);
    assertThat(result.path("finds")).hasSize(1);
    assertThat(result.path("comparison").path("before").asLong()).isEqualTo(2);
    assertThat(result.path("comparison").path("gained").asLong()).isEqualTo(1);
    assertThat(result.path("comparison").path("lost").asLong()).isZero();
    assertThat(result.path("comparison").path("gainedHits").get(0).path("why").asText())
        .contains("203.0.113.79");
    assertThat(result.path("warmUp").path("cut").asBoolean()).isTrue();
    var ana = new Visitor(centre);
    ana.enter("ana");
    assertThat(ana.get("/hunts/" + hunt.path("id").asText()).body())
        .contains("3 hits, of which 3 are groups")
        .contains("was not seen")
        .contains("href=\"/events/");
  }

  @Test
  void the_page_of_a_draft_compares_its_correlation_with_the_one_in_force() {
    var ana = new Visitor(centre);
    ana.enter("ana");
    String at =
        ana.post("/rules/drafts", Map.of("text", FEWER.formatted(4), "note", "", "act", "keep"))
            .headers()
            .firstValue("Location")
            .orElseThrow();

    assertThat(ana.get(at).body()).contains("name=\"against\" value=\"" + GUESSING + "\"");
  }

  @Test
  void a_correlation_that_refers_to_nothing_is_refused() throws IOException {
    var refused =
        begin("mia", Map.of("sigma", FEWER.formatted(4).replace("ssh-login-failed", "nothing")));

    assertThat(refused.path("detail").asText()).contains("there is no rule 'nothing'");
  }

  private JsonNode hunted(String who, Map<String, String> body) throws IOException {
    String path = "/hunts/" + begin(who, body).path("id").asText();
    Awaitility.await().until(() -> !get(who, path).path("state").asText().equals("running"));
    return get(who, path);
  }

  private JsonNode begin(String who, Map<String, String> body) throws IOException {
    return JSON.readTree(call(who, "POST", "/hunts", JSON.writeValueAsString(body)).body());
  }

  private JsonNode get(String who, String path) throws IOException {
    return JSON.readTree(call(who, "GET", path, "").body());
  }

  private HttpResponse<String> call(String who, String method, String path, String json) {
    return new Visitor(centre).api(centre.token(who), method, path, json);
  }
}
