package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import mo.farol.account.Role;
import mo.farol.attack.Bundles;
import mo.farol.rulebook.RuleDraft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules, their drafts and what of ATT&CK they watch, on the screen. */
class RulesPageTest {
  private static final String RULE =
      """
      title: Door <b>open</b>
      id: 33333333-0000-4000-8000-000000000003
      logsource: {product: linux, service: sshd}
      detection:
        sel: {message|contains: open}
        condition: sel
      """;

  @TempDir private Path home;
  private SmallCentre centre;

  @BeforeEach
  void open() {
    centre = SmallCentre.withBook(home);
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("bela", Role.COMMITTEE, Optional.empty());
    centre.account("fei", Role.AGENCY, Optional.of("finance"));
  }

  @AfterEach
  void close() {
    centre.close();
  }

  @Test
  void rules_are_listed_found_and_shown_with_what_they_wait_for() {
    var ana = signedIn("ana");
    assertThat(ana.get("/rules").body())
        .contains("SSH password guessing", "source never sent", "href=\"/coverage\"");
    assertThat(ana.get("/rules?text=t1110").body())
        .contains("SSH password guessing")
        .doesNotContain("Web shell");
    var id = centre.rules.rows(mo.farol.event.Scope.national()).getFirst().ref().id();
    assertThat(ana.get("/rules/" + id).body()).contains("Edit as a draft");
    assertThat(ana.get("/rules/none").statusCode()).isEqualTo(404);
  }

  @Test
  void a_draft_is_checked_kept_and_not_published_by_its_author() {
    var ana = signedIn("ana");
    assertThat(ana.get("/rules/new").statusCode()).isEqualTo(200);
    var wrong = Map.of("act", "check", "text", RULE.replace("condition: sel", "condition: no"));
    assertThat(ana.post("/rules/drafts", wrong).body())
        .contains("<td class=\"num\">6</td>", "no search identifier");
    assertThat(ana.post("/rules/drafts", Map.of("act", "check", "text", RULE)).body())
        .contains("Nothing is wrong with it.");
    assertThat(centre.rules.drafts().open()).isEmpty();

    var kept = ana.post("/rules/drafts", Map.of("act", "keep", "text", RULE, "note", "see <i>"));
    assertThat(kept.statusCode()).isEqualTo(303);
    String address = "/rules/drafts/" + draft().number();
    assertThat(ana.get(address).body())
        .contains("Somebody who did not write it must publish it.", "see &lt;i>")
        .doesNotContain("<b>open");
    assertThat(ana.get("/rules").body()).contains("On their way", address);
    assertThat(ana.post(address, Map.of("act", "publish")).statusCode()).isEqualTo(400);
    assertThat(draft().state()).isEqualTo(RuleDraft.State.DRAFT);
    var hunted = ana.post("/hunts", Map.of("sigma", RULE, "against", ""));
    assertThat(ana.get(address).body()).contains("action=\"/hunts\"", "Hunt with it over history");
    assertThat(hunted.headers().firstValue("Location").orElse("")).contains("/hunts/");
    ana.post(address, Map.of("act", "drop"));
    assertThat(centre.rules.drafts().open()).isEmpty();
    assertThat(centre.rules.deeds("draft 1"))
        .extracting(deed -> deed.what())
        .containsExactly("rule.drafted", "rule.draft-dropped");
  }

  @Test
  void who_publishes_sees_the_file_and_the_change_and_publishes_what_they_read() {
    centre.account("eva", Role.ANALYST, Optional.empty());
    var ana = signedIn("ana");
    ana.post("/rules/drafts", Map.of("act", "keep", "text", RULE));
    String address = "/rules/drafts/" + draft().number();
    String seen = draft().changedAt().toString();
    var eva = signedIn("eva");
    assertThat(eva.get(address).body())
        .contains("sigma/door-b-open-b.yml", "name=\"seen\" value=\"" + seen + "\"")
        .contains("<span class=\"plus\">+ <bdi>  condition: sel</bdi>");

    var other = RULE.replace("open}", "nothing}");
    var number = Long.toString(draft().number());
    ana.post("/rules/drafts", Map.of("act", "keep", "number", number, "text", other));
    assertThat(eva.post(address, Map.of("act", "publish", "seen", seen)).statusCode())
        .isEqualTo(409);
    assertThat(eva.post(address, Map.of("act", "publish")).statusCode()).isEqualTo(409);
    assertThat(draft().state()).isEqualTo(RuleDraft.State.DRAFT);
    assertThat(home.resolve("rules/sigma")).isEmptyDirectory();
  }

  @Test
  void a_shipped_rule_that_is_changed_is_shown_against_what_is_in_force() {
    var id = centre.rules.rows(mo.farol.event.Scope.national()).getFirst().ref().id();
    String shipped = centre.rules.text(id).orElseThrow();
    var place = centre.rules.publication().place(shipped + "# changed\n");
    assertThat(place.before()).isEqualTo(shipped);
    assertThat(place.file()).startsWith("sigma/");
  }

  @Test
  void who_only_reads_or_sees_one_agency_changes_nothing_and_sees_no_draft() {
    centre.rules.draft(
        RULE, "", new mo.farol.account.Person("x", "X", Role.ANALYST, Optional.empty()));
    for (String name : new String[] {"bela", "fei"}) {
      var reader = signedIn(name);
      assertThat(reader.get("/rules/new").statusCode()).as(name).isEqualTo(403);
      assertThat(reader.post("/rules/reload", Map.of()).statusCode()).as(name).isEqualTo(403);
      assertThat(reader.post("/rules/drafts/1", Map.of("act", "drop")).statusCode())
          .as(name)
          .isEqualTo(403);
    }
    assertThat(signedIn("fei").get("/rules").body())
        .contains("SSH password guessing")
        .doesNotContain("On their way", "/rules/drafts/");
  }

  @Test
  void the_map_names_every_tactic_and_says_what_is_blind() {
    assertThat(signedIn("fei").get("/coverage").body())
        .contains("Reconnaissance", "Impact", "No rule watches anything of it.", "T1110.001")
        .contains("blind", "enterprise-attack.json")
        .doesNotContain("Not named under");
  }

  @Test
  void with_a_file_of_attack_the_map_gives_names_and_what_no_rule_names() throws IOException {
    Bundles.write(
        home.resolve("rules"),
        "T1110 Brute Force credential-access",
        "T1110.001 Password Guessing credential-access",
        "T1557 Adversary<b> credential-access");
    assertThat(signedIn("fei").get("/coverage").body())
        .contains("ATT&amp;CK 19.0", "Password Guessing")
        .contains("has under it: 2. Watched 0, blind 1, not named under it by any rule 1.")
        .contains("T1557", "Adversary&lt;b&gt;")
        .doesNotContain("enterprise-attack.json");
    Files.writeString(home.resolve("rules/enterprise-attack.json"), "{}");
    assertThat(signedIn("fei").get("/coverage").body())
        .contains("enterprise-attack.json can’t be read", "Password Guessing");
  }

  private RuleDraft draft() {
    return centre.rules.drafts().open().getFirst();
  }

  private Visitor signedIn(String name) {
    var visitor = new Visitor(centre);
    visitor.enter(name);
    return visitor;
  }
}
