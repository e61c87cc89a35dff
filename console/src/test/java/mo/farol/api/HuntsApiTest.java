package mo.farol.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
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

/** Hunts over HTTP: what they find, who sees them, and what is refused. */
class HuntsApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String IN_FORCE = "67e32372-011f-40f2-a3d9-d3642d8e6cc6"; // of the book
  private static final String RULE =
      """
      title: Root session
      id: 11111111-1111-4111-8111-111111111111
      logsource: {product: linux}
      detection:
        sel:
          message|contains: %s
        condition: sel
      """;

  @TempDir private Path home;
  private SmallCentre centre;

  @BeforeEach
  void open() {
    centre = SmallCentre.withBook(home);
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("eva", Role.ANALYST, Optional.empty());
    centre.account("olga", Role.OPERATOR, Optional.empty());
    centre.account("bela", Role.COMMITTEE, Optional.empty());
    centre.account("rui", Role.ANALYST, Optional.of("health"));
    var at = Instant.parse("2026-11-24T09:01:00Z");
    centre
        .send(
            "finance",
            at,
            "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - session of ROOT <b>opened</b>",
            "<13>1 2026-11-24T09:02:00Z pay-01 ledger - - - session of guest opened")
        .join();
    centre.send("health", at, "<13>1 2026-11-24T10:01:00Z ward-7 ledger - - - rooted tree").join();
    centre.settle();
  }

  @AfterEach
  void close() {
    centre.close();
  }

  @Test
  void a_rule_is_found_in_history_by_agency_with_what_could_have_shown_it() throws IOException {
    var hunt = hunted("ana", Map.of("sigma", RULE.formatted("root")));

    var result = hunt.path("result");
    assertThat(hunt.path("state").asText()).isEqualTo("done");
    assertThat(hunt.path("title").asText()).isEqualTo("Root session");
    assertThat(result.path("matched").asLong()).isEqualTo(2);
    assertThat(result.path("events").asLong()).isEqualTo(3);
    assertThat(result.path("whole").asBoolean()).isTrue();
    assertThat(result.path("agencies").toString()).isEqualTo("{\"finance\":1,\"health\":1}");
    assertThat(result.path("hours").toString())
        .isEqualTo("{\"2026-11-24T09:00:00Z\":1,\"2026-11-24T10:00:00Z\":1}");
    var agencies = result.path("coverage").path("agencies");
    assertThat(agencies.get(0).path("agency").asText()).isEqualTo("finance");
    assertThat(agencies.get(0).path("events").asLong()).isEqualTo(2);
    assertThat(agencies.get(0).path("steps").asInt()).isEqualTo(1);
    assertThat(agencies.get(0).path("of").asInt()).isEqualTo(2);
    assertThat(agencies.get(0).path("gaps").get(0).path("from").asText())
        .isEqualTo("2026-11-24T10:00:00Z");
    assertThat(result.path("coverage").path("sources").get(0).path("host").asText())
        .isEqualTo("pay-01");
  }

  @Test
  void an_agency_hunts_among_its_own_events_and_sees_no_other_hunt() throws IOException {
    var all = hunted("ana", Map.of("sigma", RULE.formatted("root")));
    var own = hunted("rui", Map.of("sigma", RULE.formatted("root")));

    assertThat(own.path("result").path("matched").asLong()).isEqualTo(1);
    assertThat(own.path("result").path("events").asLong()).isEqualTo(1);
    assertThat(own.toString()).doesNotContain("finance").doesNotContain("pay-01");
    assertThat(get("rui", "/hunts").path("items")).hasSize(1);
    assertThat(call("rui", "GET", "/hunts/" + all.path("id").asText(), "").statusCode())
        .isEqualTo(404);
    assertThat(call("rui", "DELETE", "/hunts/" + all.path("id").asText(), "").statusCode())
        .isEqualTo(404);
    var refused = begin("rui", Map.of("sigma", RULE.formatted("root"), "agency", "finance"));
    assertThat(refused.path("detail").asText()).contains("not yours to see");
  }

  @Test
  void who_only_reads_begins_and_ends_none_and_others_are_ended_by_operators() throws IOException {
    String at =
        "/hunts/" + hunted("ana", Map.of("sigma", RULE.formatted("root"))).path("id").asText();

    assertThat(call("bela", "POST", "/hunts", "{}").statusCode()).isEqualTo(403);
    assertThat(call("bela", "DELETE", at, "").statusCode()).isEqualTo(403);
    assertThat(call("eva", "DELETE", at, "").statusCode()).isEqualTo(403);
    var bela = new Visitor(centre);
    bela.enter("bela");
    assertThat(bela.get("/hunts").body()).contains("Root session").doesNotContain("name=\"sigma\"");
    assertThat(bela.get(at).body()).doesNotContain("action=\"" + at);
    assertThat(bela.post("/hunts", Map.of("sigma", RULE)).statusCode()).isEqualTo(403);
    assertThat(bela.post(at, Map.of()).statusCode()).isEqualTo(403);
    var eva = new Visitor(centre);
    eva.enter("eva");
    assertThat(eva.post(at, Map.of()).statusCode()).isEqualTo(403);
    assertThat(call("olga", "DELETE", at, "").statusCode()).isEqualTo(204);
  }

  @Test
  void a_rule_under_edit_is_compared_with_what_it_was() throws IOException {
    var hunt =
        hunted("ana", Map.of("sigma", RULE.formatted("guest"), "against", RULE.formatted("root")));

    var compared = hunt.path("result").path("comparison");
    assertThat(compared.path("before").asLong()).isEqualTo(2);
    assertThat(compared.path("gained").asLong()).isEqualTo(1);
    assertThat(compared.path("lost").asLong()).isEqualTo(2);
    assertThat(compared.path("gainedHits").get(0).path("host").asText()).isEqualTo("pay-01");
  }

  @Test
  void a_rule_is_compared_with_one_in_force_by_its_id() throws IOException {
    String inForce = "8f7c9f0e-no-such";
    var refused = begin("ana", Map.of("sigma", RULE.formatted("guest"), "against", inForce));
    assertThat(refused.path("detail").asText()).contains("line ");

    var hunt = hunted("ana", Map.of("sigma", RULE.formatted("guest"), "against", IN_FORCE));
    assertThat(hunt.path("result").path("comparison").path("gained").asLong()).isEqualTo(1);
  }

  @Test
  void what_can_not_be_hunted_is_refused_with_place_and_reason() throws IOException {
    assertThat(begin("ana", Map.of("sigma", "title: x\ndetection: 7")).path("detail").asText())
        .contains("line ");
    assertThat(begin("ana", Map.of()).path("detail").asText()).contains("one of the three");
    assertThat(begin("ana", Map.of("indicators", "x", "format", "odd")).path("detail").asText())
        .contains("stix");
    assertThat(get("ana", "/hunts").path("items")).isEmpty();
  }

  @Test
  void the_page_begins_a_hunt_and_shows_what_it_found_as_text() {
    var ana = new Visitor(centre);
    ana.enter("ana");
    assertThat(ana.get("/hunts").body()).contains("Hunts");
    String at =
        ana.post("/hunts", Map.of("sigma", RULE.formatted("opened")))
            .headers()
            .firstValue("Location")
            .orElseThrow();
    Awaitility.await().until(() -> ana.get(at).body().contains("2 events match"));

    String page = ana.get(at).body();
    assertThat(page).contains("&lt;b&gt;opened&lt;/b&gt;").doesNotContain("<b>opened</b>");
    assertThat(page).contains("href=\"/events/0\"").contains("What could have shown it");
    assertThat(ana.get("/hunts").body()).contains("Root session");
    assertThat(ana.post("/hunts", Map.of("sigma", "title: x")).body()).contains("line ");
    assertThat(ana.post(at, Map.of()).statusCode()).isEqualTo(303);
    assertThat(ana.get(at).statusCode()).isEqualTo(404);
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

  private java.net.http.HttpResponse<String> call(
      String who, String method, String path, String json) {
    return new Visitor(centre).api(centre.token(who), method, path, json);
  }
}
