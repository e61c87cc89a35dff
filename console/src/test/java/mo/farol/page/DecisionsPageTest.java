package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.account.Role;
import mo.farol.alert.Alert;
import mo.farol.alert.Risky;
import mo.farol.alert.WhyStep;
import mo.farol.event.Agency;
import mo.farol.event.EventId;
import mo.farol.ledger.Deeds;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What decides about alerts, and an alert that explains itself. */
class DecisionsPageTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
  @TempDir private Path home;
  private SmallCentre centre;

  @BeforeEach
  void open() {
    centre = new SmallCentre(home, false);
    centre.agencies.add(new Agency("finance", "Finance Bureau"));
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("bela", Role.COMMITTEE, Optional.empty());
    centre.account("fei", Role.AGENCY, Optional.of("finance"));
    centre.account("rui", Role.AGENCY, Optional.of("health"));
    centre.raise(alert("a1", "pay-01"));
    centre.raise(alert("a2", "pay-02"));
  }

  @AfterEach
  void close() {
    centre.close();
  }

  @Test
  void an_exception_is_previewed_kept_shown_and_ended_and_each_is_a_deed() {
    var ana = signedIn("ana");
    ana.get("/decisions");
    var preview = ana.post("/decisions", form("preview"));
    assertThat(preview.body()).contains("<strong>1</strong> / 2", "/alerts/a1");
    assertThat(ana.post("/decisions", form("add")).statusCode()).isEqualTo(303);
    assertThat(ana.get("/decisions").body()).contains("our scanner", "host.name=pay-01");
    assertThat(signedIn("fei").get("/decisions").body()).contains("our scanner");
    assertThat(signedIn("rui").get("/decisions").body()).doesNotContain("our scanner");

    ana.get("/decisions");
    ana.post("/decisions", Map.of("tab", "exceptions", "id", "1", "act", "end"));
    assertThat(centre.deeds.latest(10))
        .extracting(Deeds.Deed::what)
        .contains("exception.added", "exception.ended");
  }

  @Test
  void one_without_an_end_is_refused_in_words_and_who_only_reads_adds_none() {
    var ana = signedIn("ana");
    ana.get("/decisions");
    var endless = form("add");
    endless.remove("until");
    var answer = ana.post("/decisions", endless);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("role=\"alert\"", "within 180 days");
    var bela = signedIn("bela");
    bela.get("/decisions");
    assertThat(bela.post("/decisions", form("add")).statusCode()).isEqualTo(403);
  }

  @Test
  void the_api_adds_previews_lists_and_ends_within_a_scope() {
    String one =
        """
        {"name":"x","agency":"finance","rule":"web-*","until":"2026-12-01T00:00:00Z","reason":"y"}\
        """;
    assertThat(api("ana", "POST", "/exceptions/preview", one).body()).contains("\"hidden\":2");
    assertThat(api("bela", "POST", "/exceptions/preview", one).statusCode()).isEqualTo(403);
    assertThat(api("bela", "POST", "/calendars/preview", one).statusCode()).isEqualTo(403);
    assertThat(api("ana", "POST", "/exceptions", one).statusCode()).isEqualTo(201);
    assertThat(api("ana", "POST", "/exceptions", "{\"name\":\"x\"}").statusCode()).isEqualTo(400);
    assertThat(api("fei", "GET", "/exceptions", "").body()).contains("\"inForce\":true");
    assertThat(api("rui", "GET", "/exceptions", "").body()).contains("\"total\":0");
    assertThat(api("fei", "DELETE", "/exceptions/1", "").statusCode()).isEqualTo(403);
    assertThat(api("ana", "DELETE", "/exceptions/1", "").statusCode()).isEqualTo(204);
    assertThat(api("ana", "POST", "/calendars", one).statusCode()).isEqualTo(201);
    assertThat(api("ana", "GET", "/calendars", "").body()).contains("\"total\":1");
    assertThat(api("rui", "GET", "/risk", "").body()).contains("\"total\":0");
    assertThat(api("ana", "GET", "/assets", "").statusCode()).isEqualTo(200);
    assertThat(api("rui", "GET", "/decisions", "").statusCode()).isEqualTo(403);
    assertThat(api("ana", "GET", "/decisions", "").body()).contains("direct-grave");
  }

  @Test
  void the_board_names_what_has_most_risk_in_the_scope_of_the_reader_and_leads_to_its_alerts() {
    Risky.count(centre.risk, alert("a1", "pay-01<b>"));
    Risky.count(centre.risk, alert("a2", "pay-02"));
    Risky.count(centre.risk, alert("a3", "pay-02"));
    String board = signedIn("fei").get("/").body();
    assertThat(board)
        .contains("Highest risk", "/alerts?status=all&amp;agency=finance&amp;text=pay-02")
        .contains("<strong>89</strong></td><td class=\"num quiet\">44<")
        .contains("pay-01&lt;b&gt;");
    assertThat(board.indexOf(">pay-02<")).isLessThan(board.indexOf(">pay-01&lt;"));
    assertThat(signedIn("rui").get("/").body()).contains("Nothing has gathered risk.");
  }

  @Test
  void who_is_told_of_an_alert_sees_so_and_finds_all_that_are() {
    centre.raise(told(alert("a3", "pay-03"), "ana, rui"));
    var ana = signedIn("ana");
    assertThat(ana.get("/alerts").body())
        .contains("<span class=\"tag\">for you</span>", "text=told%3Aana%3B")
        .containsOnlyOnce(">for you<");
    assertThat(ana.get("/alerts?status=all&text=told:ana;").body())
        .contains("pay-03")
        .doesNotContain("pay-01");
    assertThat(ana.get("/alerts/a3").body()).contains("Told to <strong>ana, rui</strong>");
    assertThat(signedIn("bela").get("/alerts").body()).doesNotContain(">for you<");
    assertThat(api("ana", "GET", "/alerts/a3", "").body()).contains("\"notify\":[\"ana\",\"rui\"]");
  }

  private static Alert told(Alert a, String names) {
    var step =
        new WhyStep(
            WhyStep.Kind.DECISION,
            "own.csv row 2: told to " + names,
            Optional.empty(),
            List.of(new WhyStep.Match("", "notify", names, "")),
            List.of(),
            0,
            0,
            0);
    return a.change().why(a.why(), List.of(step)).build();
  }

  @Test
  void assets_are_added_changed_and_taken_out_on_the_page_and_each_is_a_deed() throws Exception {
    var ana = signedIn("ana");
    ana.get("/decisions?tab=assets");
    var one = asset("add", "finance", "pay-01", "5");
    assertThat(ana.post("/decisions", one).statusCode()).isEqualTo(303);
    assertThat(ana.post("/decisions", one).statusCode()).isEqualTo(409);
    assertThat(ana.get("/decisions?tab=assets").body())
        .contains("pay-01", "<strong>5</strong>", "a &amp; b", "act=change&amp;agency=finance");
    assertThat(ana.get("/decisions?tab=assets&text=other").body()).contains(">None.<");
    ana.post("/decisions", asset("change", "finance", "pay-01", "2"));
    var wrong = ana.post("/decisions", asset("add", "finance", "10.0.0.0/40", "2", "network"));
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("a network is written 10.0.0.0/8", "value=\"10.0.0.0/40\"");
    assertThat(home.resolve("rules/assets.csv"))
        .hasContent(
            "agency,kind,value,criticality,owner,service\nfinance,host,pay-01,2,,\"a & b, c\"\n");
    assertThat(signedIn("fei").get("/decisions?tab=assets").body())
        .contains("pay-01")
        .doesNotContain("value=\"remove\"");
    var bela = signedIn("bela");
    bela.get("/decisions?tab=assets");
    assertThat(bela.post("/decisions", one).statusCode()).isEqualTo(403);
    ana.post("/decisions", asset("remove", "finance", "pay-01", ""));
    assertThat(ana.get("/decisions?tab=assets").body()).contains(">None.<");
    assertThat(ana.post("/decisions", asset("remove", "finance", "pay-01", "")).statusCode())
        .isEqualTo(409);
    assertThat(centre.deeds.of("finance host pay-01"))
        .extracting(deed -> deed.by() + " " + deed.what())
        .containsExactly("ana asset.added", "ana asset.changed", "ana asset.removed");
  }

  @Test
  void the_api_adds_changes_and_takes_out_assets_within_a_scope() {
    String one =
        """
        {"agency":"*","kind":"user","value":"adm_*","criticality":4,"service":"all"}\
        """;
    assertThat(api("fei", "POST", "/assets", one).statusCode()).isEqualTo(403);
    assertThat(api("ana", "POST", "/assets", one).statusCode()).isEqualTo(201);
    assertThat(api("ana", "POST", "/assets", one).statusCode()).isEqualTo(409);
    assertThat(api("ana", "PATCH", "/assets", one.replace("4", "5")).body())
        .contains("\"criticality\":5");
    assertThat(api("rui", "GET", "/assets", "").body()).contains("adm_*", "\"criticality\":5");
    assertThat(api("ana", "POST", "/assets", one.replace("4", "9")).body()).contains("1 to 5");
    String which = "/assets?agency=*&kind=user&value=adm_*";
    assertThat(api("ana", "DELETE", which, "").statusCode()).isEqualTo(204);
    assertThat(api("ana", "DELETE", which, "").statusCode()).isEqualTo(409);
    assertThat(api("ana", "GET", "/assets", "").body()).contains("\"total\":0");
  }

  private static Map<String, String> asset(
      String act, String agency, String value, String criticality) {
    return asset(act, agency, value, criticality, "host");
  }

  private static Map<String, String> asset(
      String act, String agency, String value, String criticality, String kind) {
    return Map.of(
        "tab", "assets",
        "act", act,
        "agency", agency,
        "kind", kind,
        "value", value,
        "criticality", criticality,
        "service", "a & b, c");
  }

  @Test
  void precision_is_told_with_how_many_were_judged() {
    api(
        "ana",
        "PATCH",
        "/alerts",
        "{\"ids\":[\"a1\"],\"action\":\"close\",\"verdict\":\"false_positive\",\"reason\":\"ours\"}");
    assertThat(api("ana", "GET", "/rules/precision", "").body())
        .contains("\"right\":0,\"judged\":1,\"precision\":0.333");
    assertThat(api("rui", "GET", "/rules/precision", "").body()).contains("\"total\":0");
    assertThat(signedIn("ana").get("/decisions?tab=rules").body()).contains("33 %");
  }

  @Test
  void an_alert_shows_which_field_matched_with_links_to_its_events_and_says_it_as_data() {
    String page = signedIn("ana").get("/alerts/a1").body();
    assertThat(page)
        .contains("url.path", "<mark><bdi>/up.php</bdi></mark>", "selection", "/events/")
        .contains("href=\"/decisions?tab=exceptions&amp;agency=finance&amp;rule=web-shell");
    assertThat(api("ana", "GET", "/alerts/a1", "").body())
        .contains("\"whyData\":[{\"kind\":\"detection\"", "\"field\":\"url.path\"", "\"why\":[");
  }

  private static Map<String, String> form(String act) {
    return new LinkedHashMap<>(
        Map.of(
            "tab", "exceptions",
            "act", act,
            "name", "our scanner",
            "agency", "finance",
            "rule", "web-shell",
            "field", "host.name",
            "pattern", "pay-01",
            "until", "2026-12-01T00:00",
            "reason", "it is ours"));
  }

  private static Alert alert(String id, String host) {
    var rule = new RuleRef("web-shell", "0123456789ab", "Web shell");
    var events = List.of(new EventId(0));
    var step =
        new WhyStep(
            WhyStep.Kind.DETECTION,
            "rule matched",
            Optional.of(rule),
            List.of(new WhyStep.Match("selection", "url.path", "/up.php", "")),
            events,
            1,
            NOW.toEpochMilli(),
            NOW.toEpochMilli());
    return Alert.of(id, "finance", rule)
        .title("Web shell on " + host)
        .severity(Level.HIGH)
        .techniques(List.of("T1505.003"))
        .entities(List.of(new Alert.Entity("host.name", host)))
        .at(NOW, NOW.plus(Duration.ofMinutes(1)), NOW.plus(Duration.ofMinutes(1)))
        .events(1, events)
        .why(List.of("rule matched"), List.of(step))
        .build();
  }

  private Visitor signedIn(String name) {
    var visitor = new Visitor(centre);
    visitor.enter(name);
    return visitor;
  }

  private HttpResponse<String> api(String name, String method, String path, String json) {
    return new Visitor(centre).api(centre.token(name), method, path, json);
  }
}
