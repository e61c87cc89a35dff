package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.account.Role;
import mo.farol.indicator.Indicator;
import mo.farol.indicator.IndicatorHit;
import mo.farol.indicator.Kind;
import mo.farol.indicator.Tlp;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of indicators, and the same by the API. */
class IndicatorsPageTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path home;
  @AutoClose private SmallCentre centre;
  private Visitor visitor;

  @BeforeEach
  void open() {
    centre = new SmallCentre(home, false);
    new Story(centre).people();
    visitor = new Visitor(centre);
  }

  private int add(String token, String query, String list) {
    return visitor.api(token, "POST", "/indicators?" + query, list).statusCode();
  }

  private JsonNode get(String token, String path) throws IOException {
    var answer = visitor.api(token, "GET", path, "");
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void a_list_is_pasted_looked_up_and_removed() {
    visitor.enter("ana");
    assertThat(visitor.get("/indicators").body()).contains("No source yet");
    var added =
        visitor.post(
            "/indicators",
            Map.of(
                "name",
                "own <b>",
                "tlp",
                "green",
                "confidence",
                "80",
                "days",
                "30",
                "list",
                "evil.test\n10.0.0.1\nnoth\u202eing\n"));
    assertThat(added.statusCode()).isEqualTo(303);
    String page = visitor.get("/indicators?value=www.evil.test").body();
    assertThat(page)
        .contains("own &lt;b>", "1 domain", "<td class=\"num\">80</td>")
        .contains("neither address, domain")
        .doesNotContain("own <b>");
    var refused =
        visitor.post("/indicators", Map.of("name", "none", "list", "<script>alert(1)</script>"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .contains("no indicator can be read from it", "&lt;script&gt;alert")
        .doesNotContain("<script>alert");
    assertThat(visitor.post("/indicators/remove", Map.of("name", "own <b>")).statusCode())
        .isEqualTo(303);
    assertThat(visitor.get("/indicators?value=evil.test").body())
        .contains("No list that you may see holds it.");
  }

  @Test
  void the_api_tells_sources_values_and_reasons() throws IOException {
    String token = centre.token("ana");
    assertThat(add(token, "name=own&confidence=80&tlp=green", "evil.test\n10.0.0.1\nx\n"))
        .isEqualTo(201);
    var source = get(token, "/indicators").path("items").get(0);
    assertThat(source.path("name").asText()).isEqualTo("own");
    assertThat(source.path("kinds").path("domain").asInt()).isEqualTo(1);
    assertThat(source.path("refusals").get(0).path("place").asText()).isEqualTo("3");
    assertThat(source.path("added").asBoolean()).isTrue();
    var found = get(token, "/indicators?value=" + encoded("hxxp://www.evil[.]test/a"));
    assertThat(found.path("items").get(0).path("value").asText()).isEqualTo("evil.test");
    assertThat(found.path("items").get(0).path("told").get(0).path("confidence").asInt())
        .isEqualTo(80);
    var muted = get(token, "/indicators?value=10.0.0.1").path("items").get(0);
    assertThat(muted.path("muted").asText()).contains("RFC 6890");
    assertThat(add(token, "name=own", "a.test")).isEqualTo(400);
    assertThat(add(token, "confidence=1", "a.test")).isEqualTo(400);
    assertThat(add(token, "name=b&tlp=pink", "a.test")).isEqualTo(400);
    assertThat(visitor.api(token, "DELETE", "/indicators/own", "").statusCode()).isEqualTo(204);
    assertThat(visitor.api(token, "DELETE", "/indicators/own", "").statusCode()).isEqualTo(404);
    assertThat(centre.deeds.of("own"))
        .extracting(deed -> deed.by() + " " + deed.what())
        .containsExactlyInAnyOrder("ana indicators.added", "ana indicators.removed");
  }

  @Test
  void an_agency_s_people_see_what_is_meant_for_them_and_add_nothing() throws IOException {
    String ana = centre.token("ana");
    add(ana, "name=open&tlp=green", "a.test");
    add(ana, "name=strict&tlp=amber%2Bstrict", "b.test");
    add(ana, "name=mine&tlp=red&agencies=water", "c.test");
    add(ana, "name=other&tlp=green&agencies=finance", "d.test");
    String wong = centre.token("wong");
    assertThat(get(wong, "/indicators").path("items").findValuesAsText("name"))
        .containsExactly("open", "mine");
    for (String hidden : List.of("b.test", "d.test")) {
      assertThat(get(wong, "/indicators?value=" + hidden).path("total").asInt()).isZero();
    }
    assertThat(add(wong, "name=x", "x.test")).isEqualTo(403);
    assertThat(visitor.api(wong, "DELETE", "/indicators/mine", "").statusCode()).isEqualTo(403);
    visitor.enter("wong");
    assertThat(visitor.get("/indicators").body())
        .contains("open")
        .doesNotContain("strict")
        .doesNotContain("Add a list");
  }

  @Test
  void an_agency_removes_only_what_it_added_and_no_name_breaks_the_list() {
    centre.account("wei", Role.ANALYST, Optional.of("water"));
    String ana = centre.token("ana");
    String wei = centre.token("wei");
    assertThat(add(ana, "name=about&tlp=green&agencies=water", "a.test")).isEqualTo(201);
    assertThat(add(wei, "name=own&tlp=red", "b.test")).isEqualTo(201);
    assertThat(add(wei, "name=x%7F", "b.test")).isEqualTo(400);
    assertThat(add(ana, "name=x&agencies=water,%07", "b.test")).isEqualTo(400);
    assertThat(visitor.api(wei, "DELETE", "/indicators/about", "").statusCode()).isEqualTo(404);
    visitor.enter("wei");
    assertThat(visitor.post("/indicators/remove", Map.of("name", "about")).statusCode())
        .isEqualTo(404);
    assertThat(visitor.post("/indicators/remove", Map.of("name", "own")).statusCode())
        .isEqualTo(303);
    assertThat(visitor.get("/indicators").body()).contains("about");
  }

  @Test
  void hits_are_shown_to_whose_events_they_are_without_what_their_label_keeps() throws IOException {
    hit("water", Tlp.GREEN, "evil.test", 5);
    hit("water", Tlp.RED, "secret.test", 6);
    hit("finance", Tlp.GREEN, "other.test", 7);
    var all = get(centre.token("ana"), "/indicators/hits").path("items");
    assertThat(all.findValuesAsText("value"))
        .containsExactlyInAnyOrder("evil.test", "secret.test", "other.test");
    var own = get(centre.token("wong"), "/indicators/hits").path("items");
    assertThat(own).hasSize(1);
    assertThat(own.findValuesAsText("value")).containsExactly("evil.test");
    visitor.enter("wong");
    assertThat(visitor.get("/indicators").body())
        .contains("evil.test", "/events/5")
        .doesNotContain("secret.test")
        .doesNotContain("/events/6")
        .doesNotContain("other.test");
  }

  private void hit(String agency, Tlp tlp, String value, long sequence) {
    var indicator =
        new Indicator(
            "indicator--" + sequence,
            Kind.DOMAIN,
            value,
            List.of("feed"),
            90,
            tlp,
            Optional.empty(),
            Optional.empty(),
            List.of());
    centre.indicators.sighted(
        new IndicatorHit(
            indicator,
            "dns.question.name",
            "www.seen.test",
            sequence,
            agency,
            Instant.parse("2026-11-24T09:00:00Z")),
        "ws-1",
        false);
  }
}
