package mo.farol.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.account.Person;
import mo.farol.account.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule from its draft into force and back, over the API of a whole centre. */
class RulesApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ID = "33333333-0000-4000-8000-000000000002";
  private static final String RULE =
      """
      title: Strange door
      id: 33333333-0000-4000-8000-000000000002
      logsource: {product: linux, service: sshd}
      tags: [attack.initial-access, attack.t1078]
      detection:
        sel:
          message|contains: open sesame
        condition: sel
      level: high
      """;
  private static final Person ANA = new Person("ana", "Ana", Role.ANALYST, Optional.empty());
  private static final Person RUI = new Person("rui", "Rui", Role.ANALYST, Optional.empty());
  private static final Person AGENCY =
      new Person("guest", "Guest", Role.AGENCY, Optional.of("finance"));

  @TempDir private Path home;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void a_draft_is_tried_in_shadow_published_by_a_second_person_and_rolled_back() throws Exception {
    try (var house = House.open(home)) {
      var wrong = send(house, ANA, "POST", "/rules/check", Map.of("text", broken()));
      assertThat(JSON.readTree(wrong.body()).path("items"))
          .singleElement()
          .satisfies(r -> assertThat(r.path("line").asInt()).isEqualTo(8))
          .satisfies(r -> assertThat(r.path("reason").asText()).contains("sell"));
      var draft = send(house, ANA, "POST", "/rules/drafts", Map.of("text", RULE, "note", "try"));
      assertThat(draft.statusCode()).isEqualTo(201);
      String at = "/rules/drafts/" + JSON.readTree(draft.body()).path("number").asText();

      assertThat(send(house, ANA, "POST", at + "/shadow", Map.of()).statusCode()).isEqualTo(200);
      log(house, "open sesame");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> get(house, RUI, at).path("found").path(0).path("matches").asInt() == 1);
      assertThat(house.get("/alerts").path("total").asInt()).isZero();

      var own = send(house, ANA, "POST", at + "/publish", Map.of());
      assertThat(own.statusCode()).isEqualTo(403);
      assertThat(own.body()).contains("second person");
      assertThat(send(house, AGENCY, "POST", at + "/publish", Map.of()).statusCode())
          .isEqualTo(403);
      var published = published(house, at);
      assertThat(published.statusCode()).as(published.body()).isEqualTo(200);
      assertThat(home.resolve("rules/sigma/strange-door.yml")).hasContent(RULE);

      log(house, "open sesame again");
      await().atMost(Duration.ofSeconds(60)).until(() -> alert(house).isPresent());
      String version = alert(house).orElseThrow().path("rule").path("version").asText();
      var shown = get(house, RUI, "/rules/" + ID + "/versions/" + version);
      assertThat(shown.path("text").asText()).isEqualTo(RULE);
      assertThat(shown.path("by").asText()).isEqualTo("rui");
      assertThat(get(house, RUI, "/rules/" + ID).path("matches").asInt()).isEqualTo(1);

      Files.writeString(
          home.resolve("rules/sigma/strange-door.yml"), RULE.replace("sesame", "window"));
      send(house, RUI, "POST", "/rules/reload", Map.of());
      assertThat(get(house, RUI, "/rules/" + ID).path("version").asText()).isNotEqualTo(version);
      var back =
          send(
              house,
              ANA,
              "POST",
              "/rules/" + ID + "/rollback",
              Map.of("version", version, "reason", "too wide"));
      assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
      var now = get(house, RUI, "/rules/" + ID);
      assertThat(now.path("version").asText()).isEqualTo(version);
      assertThat(now.path("versions")).hasSize(2);
      assertThat(house.farol().rules().deeds(ID))
          .extracting(deed -> deed.by() + " " + deed.what())
          .contains(
              "rui rule.in-force",
              "farol rule.changed",
              "ana rule.rolled-back",
              "ana rule.changed");
      agency(house, version);
      coverage(house);
      losing(house, version);
    }
  }

  @Test
  void a_filter_is_tried_in_shadow_and_published_by_a_second_person() throws Exception {
    var rule = Files.createDirectories(home.resolve("rules/sigma")).resolve("door.yml");
    Files.writeString(rule, RULE);
    String filter =
        """
        title: Known scanner
        id: 33333333-0000-4000-8000-000000000009
        logsource: {product: linux}
        filter:
          rules: [%s]
          scanner: {message|contains: by scanner}
          condition: scanner
        """
            .formatted(ID);
    try (var house = House.open(home)) {
      var draft = send(house, ANA, "POST", "/rules/drafts", Map.of("text", filter));
      String at = "/rules/drafts/" + JSON.readTree(draft.body()).path("number").asText();
      var shadow = send(house, ANA, "POST", at + "/shadow", Map.of());
      assertThat(shadow.statusCode()).as(shadow.body()).isEqualTo(200);
      assertThat(JSON.readTree(shadow.body()).path("filtered").path("triedOn").asInt())
          .isEqualTo(1);
      log(house, "open sesame by scanner");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> get(house, RUI, at).path("filtered").path("alerts").size() == 1);
      var filtered = get(house, RUI, at).path("filtered");
      assertThat(filtered.path("rules").path(0).path("rule").asText()).isEqualTo(ID);
      assertThat(filtered.path("rules").path(0).path("detections").asInt()).isEqualTo(1);
      assertThat(filtered.path("rules").path(0).path("taken").asInt()).isEqualTo(1);
      assertThat(filtered.path("alerts").path(0).path("alert").asText())
          .isEqualTo(house.get("/alerts").path("items").path(0).path("id").asText());
      assertThat(filtered.path("alerts").path(0).path("title").asText()).isEqualTo("Strange door");

      assertThat(send(house, ANA, "POST", at + "/publish", Map.of()).statusCode()).isEqualTo(403);
      var read = Map.of("changedAt", get(house, RUI, at).path("changedAt").asText());
      var published = send(house, RUI, "POST", at + "/publish", read);
      assertThat(published.statusCode()).as(published.body()).isEqualTo(200);
      assertThat(house.farol().rules().rules().now().rules().book().rules())
          .filteredOn(each -> each.ref().id().equals(ID))
          .singleElement()
          .matches(each -> each.filters().size() == 1);
    }
  }

  /** It is published as it was read, and not as its author made it since. */
  private HttpResponse<String> published(House house, String at) throws Exception {
    assertThat(send(house, RUI, "POST", at + "/publish", Map.of()).statusCode()).isEqualTo(400);
    String read = get(house, RUI, at).path("changedAt").asText();
    send(house, ANA, "PATCH", at, Map.of("note", "tried"));
    var late = send(house, RUI, "POST", at + "/publish", Map.of("changedAt", read));
    assertThat(late.statusCode()).as(late.body()).isEqualTo(409);
    assertThat(home.resolve("rules/sigma/strange-door.yml")).doesNotExist();
    String now = get(house, RUI, at).path("changedAt").asText();
    return send(house, RUI, "POST", at + "/publish", Map.of("changedAt", now));
  }

  /** Neither publishing nor rolling back takes another rule of the file out of force. */
  private void losing(House house, String version) throws Exception {
    var file = home.resolve("rules/sigma/strange-door.yml");
    String other = ID.replace("0002", "0003");
    String both = RULE.replace("sesame", "both") + "---\n" + RULE.replace(ID, other);
    Files.writeString(file, both);
    send(house, RUI, "POST", "/rules/reload", Map.of());
    var body = Map.of("version", version, "reason", "back");
    var back = send(house, ANA, "POST", "/rules/" + ID + "/rollback", body);
    assertThat(back.statusCode()).as(back.body()).isEqualTo(422);
    assertThat(back.body()).contains("would take out of force: " + other);

    var draft =
        JSON.readTree(send(house, ANA, "POST", "/rules/drafts", Map.of("text", RULE)).body());
    var read = Map.of("changedAt", draft.path("changedAt").asText());
    String at = "/rules/drafts/" + draft.path("number").asText();
    var lost = send(house, RUI, "POST", at + "/publish", read);
    assertThat(lost.statusCode()).as(lost.body()).isEqualTo(422);
    assertThat(lost.body()).contains("would take out of force: " + other);
    assertThat(get(house, RUI, at).path("state").asText()).isEqualTo("draft");
    assertThat(file).hasContent(both);
  }

  /** An agency's people see its rules and counts, not texts, drafts or what is refused. */
  private void agency(House house, String version) throws Exception {
    var list = get(house, AGENCY, "/rules");
    assertThat(list.path("items")).isNotEmpty();
    assertThat(list.has("refused")).isFalse();
    assertThat(get(house, AGENCY, "/rules/" + ID).path("matches").asInt()).isZero();
    assertThat(get(house, AGENCY, "/rules/" + ID + "/versions/" + version).has("text")).isFalse();
    assertThat(status(house, AGENCY, "/rules/drafts")).isEqualTo(403);
    assertThat(status(house, AGENCY, "/rules/nothing-of-it")).isEqualTo(404);
  }

  private void coverage(House house) throws Exception {
    var layer = get(house, RUI, "/rules/coverage");
    assertThat(layer.path("domain").asText()).isEqualTo("enterprise-attack");
    assertThat(layer.path("techniques"))
        .anySatisfy(
            t -> {
              assertThat(t.path("techniqueID").asText()).isEqualTo("T1078");
              assertThat(t.path("tactic").asText()).isEqualTo("initial-access");
              assertThat(t.path("score").asInt()).isEqualTo(2);
            });
    assertThat(get(house, AGENCY, "/rules/coverage").path("techniques"))
        .allSatisfy(t -> assertThat(t.path("score").asInt()).isEqualTo(1));
  }

  private static String broken() {
    return RULE.replace("condition: sel", "condition: sell");
  }

  private static Optional<JsonNode> alert(House house) throws IOException, InterruptedException {
    return house
        .get("/alerts")
        .path("items")
        .valueStream()
        .filter(a -> a.path("rule").path("id").asText().equals(ID))
        .findFirst();
  }

  private static void log(House house, String text) throws IOException {
    house.syslog(
        "intake.syslog.tcp", List.of("<13>1 2026-11-26T10:00:00Z web-01 sshd 1 - - " + text));
  }

  private JsonNode get(House house, Person as, String path) throws Exception {
    return JSON.readTree(house.getAs(house.token(as), path).body());
  }

  private int status(House house, Person as, String path) throws Exception {
    return house.getAs(house.token(as), path).statusCode();
  }

  private HttpResponse<String> send(
      House house, Person as, String method, String path, Map<String, String> body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(house.farol().console() + "/api/v1" + path))
            .header("Authorization", "Bearer " + house.token(as))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
