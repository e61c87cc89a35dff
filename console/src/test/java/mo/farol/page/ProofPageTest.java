package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mo.farol.account.Role;
import mo.farol.event.Runs;
import mo.farol.seal.Removal;
import mo.farol.store.Mending;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an outsider would ask of the centre's proofs, on its page and over the API. */
class ProofPageTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path home;
  @AutoClose private SmallCentre centre;

  @BeforeEach
  void open() {
    centre = new SmallCentre(home, false);
    centre.account("cora", Role.COMMITTEE, Optional.empty());
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("olga", Role.OPERATOR, Optional.empty());
    centre.account("rui", Role.AGENCY, Optional.of("finance"));
  }

  @Test
  void everybody_of_the_centre_sees_it_and_an_agency_does_not() throws IOException {
    for (String name : new String[] {"cora", "ana", "olga"}) {
      assertThat(signedIn(name).get("/proof").body())
          .as(name)
          .contains("nothing signed yet", "href=\"/proof\"", "Nothing was removed");
    }
    var rui = signedIn("rui");
    assertThat(rui.get("/proof").statusCode()).isEqualTo(403);
    assertThat(rui.get("/sources").body()).doesNotContain("href=\"/proof\"");
    assertThat(rui.api(centre.token("rui"), "GET", "/seal", "").statusCode()).isEqualTo(403);
    assertThat(seal().path("head").isNull()).isTrue();
  }

  @Test
  void the_newest_head_is_shown_short_and_whole_with_its_key() throws IOException {
    send("one", "two", "three");
    restart(); // the end of a centre signs what is on disk
    var key = centre.seal().key();
    var head = centre.seal().heads().last().orElseThrow().head();
    String page = signedIn("cora").get("/proof").body();
    assertThat(page)
        .contains("whole", "3 events", key.shortId(), key.fingerprint(), "1 open")
        .contains(head.root().hex(), head.root().hex().substring(0, 12) + "…")
        .contains("no authority is asked", "nobody outside confirms");
    var answer = seal();
    assertThat(answer.path("broken").asBoolean()).isFalse();
    assertThat(answer.path("head").path("size").asLong()).isEqualTo(3);
    assertThat(answer.path("head").path("root").asText()).isEqualTo(head.root().hex());
    assertThat(answer.path("key").path("id").asText()).isEqualTo(key.shortId());
    assertThat(answer.path("unsealed").asLong()).isZero();
    assertThat(answer.path("segments").path("open").asInt()).isEqualTo(1);
    assertThat(api("/openapi.json").path("paths").path("/seal").has("get")).isTrue();
  }

  @Test
  void what_waits_too_long_for_its_head_is_told_with_what_to_do() {
    send("one");
    restart();
    centre.seal().close();
    send("two");
    centre.later(Duration.ofHours(1));
    assertThat(signedIn("ana").get("/proof").body())
        .contains("behind", "What to do:", "1 events", "log/farol.jsonl");
  }

  @Test
  void a_removal_is_shown_with_its_rule_its_agency_and_whether_a_head_names_it()
      throws IOException {
    send("one", "two", "three");
    restart();
    var runs = new Runs.Builder();
    runs.add(1, 2);
    centre
        .seal()
        .record(
            Removal.of(
                centre.clock.instant(),
                "retention.classes: <i>traffic=30d",
                "retention",
                "finance",
                "syslog.tcp",
                1,
                runs.build()));
    assertThat(signedIn("olga").get("/proof").body())
        .contains("2 frames in 1 removals", "retention.classes: &lt;i&gt;traffic=30d", ">signed<")
        .doesNotContain("<i>traffic");
    assertThat(seal().path("removals").path("frames").asLong()).isEqualTo(2);
    send("four");
    restart();
    assertThat(signedIn("olga").get("/proof").body()).contains("signed, under a head");
  }

  @Test
  void a_broken_seal_says_why_and_what_to_do() throws IOException {
    send("one");
    centre.close();
    Files.writeString(
        home.resolve("seal/removals.jsonl"),
        "{\"number\":1}\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    restart();
    String page = signedIn("cora").get("/proof").body();
    assertThat(page)
        .contains("broken", "line 1 of removals.jsonl", "farol verify --home", "Change nothing")
        .contains("The seal is broken");
    assertThat(seal().path("wrong").get(0).asText()).contains("line 1 of removals.jsonl");
    assertThat(seal().path("broken").asBoolean()).isTrue();
  }

  @Test
  void damage_that_was_set_aside_is_shown_by_the_events_that_lay_there() throws IOException {
    send("first");
    int from = (int) Files.size(segment());
    send("the one that is hurt");
    int to = (int) Files.size(segment());
    send("last");
    centre.close();
    byte[] bytes = Files.readAllBytes(segment());
    bytes[(from + to) / 2] ^= 1;
    Files.write(segment(), bytes);
    restart();
    String page = signedIn("ana").get("/proof").body();
    assertThat(page).contains("set aside in journal/quarantine", "Events at most");
    var damage = seal().path("damages").get(0);
    assertThat(damage.path("first").asLong()).isEqualTo(1);
    assertThat(damage.path("end").asLong()).isEqualTo(2);
    assertThat(damage.path("setAside").asBoolean()).isTrue();
  }

  @Test
  void a_day_of_the_index_that_is_made_again_is_shown_with_how_many_events_of_how_many()
      throws IOException {
    assertThat(signedIn("olga").get("/proof").body()).contains("every day that was looked at");
    var at = Instant.parse("2026-11-24T12:00:00Z");
    centre.faults.mendings =
        List.of(
            new Mending("2026-11-21", at, "2026-11-21.broken-1", 934, 934, true),
            new Mending("2026-11-22", at, "2026-11-22.broken-1", 70, 61, true),
            new Mending("2026-11-23", at, "", -1, 17, false));

    assertThat(signedIn("olga").get("/proof").body())
        .contains("2026-11-21", ">934<", "made again, none lost", "2026-11-21.broken-1")
        .contains("made again, not whole", ">9<")
        .contains("being made again", "not known");
    assertThat(signedIn("olga").get("/").body())
        .contains("2026-11-22: 61 / 70", "2026-11-23: 17 / ?")
        .doesNotContain("2026-11-21: ");

    var told = api("/status").path("mendings");
    assertThat(told).hasSize(3);
    assertThat(told.get(0).path("missing").asLong()).isZero();
    assertThat(told.get(1).path("missing").asLong()).isEqualTo(9);
    assertThat(told.get(2).path("had").isNull()).isTrue();
    assertThat(told.get(2).path("done").asBoolean()).isFalse();
    assertThat(new Visitor(centre).get("/healthz").statusCode()).isEqualTo(200);
  }

  private Path segment() throws IOException {
    try (var files = Files.list(home.resolve("journal"))) {
      return files.filter(f -> f.toString().endsWith(".seg")).findFirst().orElseThrow();
    }
  }

  private void send(String... lines) {
    centre.send("finance", centre.clock.instant(), lines).join();
  }

  private void restart() {
    centre.close();
    centre = new SmallCentre(home, false);
  }

  private JsonNode seal() throws IOException {
    return api("/seal");
  }

  private JsonNode api(String path) throws IOException {
    return JSON.readTree(new Visitor(centre).api(centre.token("cora"), "GET", path, "").body());
  }

  private Visitor signedIn(String name) {
    var visitor = new Visitor(centre);
    visitor.enter(name);
    return visitor;
  }
}
