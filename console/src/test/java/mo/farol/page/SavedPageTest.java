package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.account.Person;
import mo.farol.account.Role;
import mo.farol.event.Agency;
import mo.farol.ledger.Deeds;
import mo.farol.saved.SavedSearch;
import mo.farol.saved.Wanted;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches kept under a name, and those of before. */
class SavedPageTest {
  @TempDir private Path home;
  @AutoClose private SmallCentre centre;

  @BeforeEach
  void open() {
    centre = new SmallCentre(home, false);
    centre.agencies.add(new Agency("finance", "Finance Bureau"));
    centre.agencies.add(new Agency("health", "Health Bureau"));
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("bela", Role.COMMITTEE, Optional.empty());
    centre.account("olga", Role.OPERATOR, Optional.empty());
    centre.account("fei", Role.AGENCY, Optional.of("finance"));
    centre.account("fong", Role.AGENCY, Optional.of("finance"));
    centre.account("rui", Role.AGENCY, Optional.of("health"));
  }

  @Test
  void a_search_is_kept_opened_renamed_shared_and_removed() {
    var ana = signedIn("ana");
    ana.get("/search?q=root&span=4h");
    var kept = new LinkedHashMap<>(Map.of("q", "user.name:root", "span", "4h", "name", "Root"));
    assertThat(ana.post("/saved", kept).statusCode()).isEqualTo(303);

    String page = ana.get("/saved").body();
    assertThat(page).contains("Root", "href=\"/search?q=user.name%3Aroot&amp;span=4h\"", "4 hours");
    String address = "/saved/" + saved("ana").getFirst().number();
    ana.post(address, Map.of("act", "rename", "name", "Root logins"));
    ana.post(address, Map.of("act", "share"));
    assertThat(saved("bela")).extracting(SavedSearch::name).containsExactly("Root logins");
    ana.post(address, Map.of("act", "unshare"));
    assertThat(saved("bela")).isEmpty();
    ana.post(address, Map.of("act", "remove"));
    assertThat(ana.get("/saved").body()).doesNotContain("Root logins");
    assertThat(centre.deeds.latest(20))
        .extracting(Deeds.Deed::what)
        .contains("search.shared", "search.unshared");
  }

  @Test
  void nobody_of_another_scope_sees_changes_or_guesses_a_shared_search() {
    keep("ana", "of the centre", true);
    keep("fei", "of finance", true);
    keep("fei", "of fei alone", false);
    keep("rui", "of health", true);

    assertThat(saved("fong")).extracting(SavedSearch::name).containsExactly("of finance");
    assertThat(saved("rui")).extracting(SavedSearch::name).containsExactly("of health");
    assertThat(saved("olga")).extracting(SavedSearch::name).containsExactly("of the centre");
    long finance = saved("fong").getFirst().number();
    for (String name : List.of("rui", "ana", "olga")) {
      var other = signedIn(name);
      other.get("/saved");
      assertThat(other.post("/saved/" + finance, Map.of("act", "remove")).statusCode())
          .as(name)
          .isEqualTo(404);
      assertThat(api(name, "DELETE", "/saved-searches/" + finance, "").statusCode())
          .as(name)
          .isEqualTo(404);
      assertThat(api(name, "GET", "/saved-searches", "").body()).doesNotContain("finance");
      assertThat(other.get("/saved").body()).doesNotContain("of finance");
    }
    // Of the same scope, but neither its owner nor an operator.
    assertThat(api("fong", "PATCH", "/saved-searches/" + finance, "{\"name\":\"x\"}").statusCode())
        .isEqualTo(403);
    assertThat(saved("fei")).hasSize(2);
  }

  @Test
  void who_was_moved_to_another_agency_takes_none_along() {
    keep("fei", "private", false);
    keep("fei", "shared", true);
    centre.shelf.history().keep(Wanted.back("host:pay-01", "1h"), person("fei"));
    var moved = new Person("fei", "fei", Role.AGENCY, Optional.of("health"));

    assertThat(centre.shelf.saved().of(moved)).isEmpty();
    assertThat(centre.shelf.history().of(moved)).isEmpty();
    assertThat(saved("fong")).extracting(SavedSearch::name).containsExactly("shared");
  }

  @Test
  void an_operator_removes_what_somebody_shared_with_the_centre() {
    keep("ana", "left behind", true);
    keep("ana", "own", false);
    long shared =
        saved("ana").stream().filter(SavedSearch::shared).findFirst().orElseThrow().number();

    assertThat(centre.shelf.saved().remove(shared, person("bela"))).isFalse();
    assertThat(centre.shelf.saved().remove(shared, person("olga"))).isTrue();
    assertThat(saved("ana")).extracting(SavedSearch::name).containsExactly("own");
    assertThat(centre.deeds.latest(1).getFirst().what()).isEqualTo("search.removed");
    assertThat(centre.deeds.latest(1).getFirst().detail()).contains("'left behind' of ana");
  }

  @Test
  void history_has_each_query_once_the_newest_first_and_no_fault() {
    var ana = signedIn("ana");
    for (String query : List.of("one", "two", "user.name:(", "", "one", "* | count by host")) {
      ana.get("/search?span=1h&q=" + in(query));
    }
    ana.get("/search?span=1h&q=two&cursor=" + "A".repeat(22));

    assertThat(centre.shelf.history().of(person("ana")))
        .extracting(past -> past.wanted().query())
        .containsExactly("* | count by host", "one", "two");
    assertThat(centre.shelf.history().of(person("olga"))).isEmpty();
    String part = ana.get("/saved?q=one&span=1h", "HX-Request", "true").body();
    assertThat(part)
        .contains("href=\"/search?q=two&amp;span=1h\"", "name=\"span\" value=\"1h\"")
        .doesNotContain("<html");
    ana.get("/saved");
    ana.post("/saved/history", Map.of());
    assertThat(centre.shelf.history().of(person("ana"))).isEmpty();
  }

  @Test
  void instants_that_no_ledger_keeps_are_cut_or_refused_and_leave_history_readable() {
    var ana = signedIn("ana");
    String far = "&from=-300000-01-01T00:00:00Z&to=2026-11-24T09:00:00Z";
    String fine = "&from=2026-11-24T08:00:00.0000001Z&to=2026-11-24T08:00:00.0000002Z";
    assertThat(ana.get("/search?q=fine" + fine).statusCode()).isEqualTo(200);
    assertThat(ana.get("/search?q=far" + far).statusCode()).isEqualTo(200);
    assertThat(ana.get("/search?q=plain&span=1h").statusCode()).isEqualTo(200);

    assertThat(centre.shelf.history().of(person("ana")))
        .extracting(past -> past.wanted().query())
        .contains("plain")
        .doesNotContain("fine");
    assertThat(ana.get("/saved?q=fine" + fine).statusCode()).isEqualTo(200);
    var kept =
        api(
            "ana",
            "POST",
            "/saved-searches",
            "{\"name\":\"x\",\"query\":\"y\",\"from\":\"2026-11-24T08:00:00.0000001Z\","
                + "\"to\":\"2026-11-24T08:00:00.0000002Z\"}");
    assertThat(kept.statusCode()).isEqualTo(400);
    assertThat(Wanted.between("q", java.time.Instant.MIN, java.time.Instant.MAX).from())
        .contains(java.time.Instant.parse("0001-01-01T00:00:00Z"));
  }

  @Test
  void history_ends_at_fifty() {
    for (int i = 0; i < 60; i++) {
      centre.shelf.history().keep(Wanted.back("query " + i, "1h"), person("ana"));
      centre.shelf.history().keep(Wanted.back("query " + i, "1h"), person("fei"));
    }

    var past = centre.shelf.history().of(person("ana"));
    assertThat(past).hasSize(50);
    assertThat(past.getFirst().wanted().query()).isEqualTo("query 59");
    assertThat(past.getLast().wanted().query()).isEqualTo("query 10");
  }

  @Test
  void the_api_keeps_changes_and_removes() {
    var added =
        api(
            "ana",
            "POST",
            "/saved-searches",
            "{\"name\":\"Night\",\"query\":\"a | count\",\"from\":\"2026-11-24T00:00:00Z\","
                + "\"to\":\"2026-11-24T06:00:00Z\",\"shared\":true}");
    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.body())
        .contains("\"name\":\"Night\"", "\"from\":\"2026-11-24T00:00:00Z\"", "\"mine\":true");
    String path = "/saved-searches/" + saved("ana").getFirst().number();
    assertThat(api("ana", "PATCH", path, "{\"query\":\"b\"}").body())
        .contains("\"query\":\"b\"", "\"to\":\"2026-11-24T06:00:00Z\"");
    assertThat(api("ana", "PATCH", path, "{\"span\":\"7d\"}").body())
        .contains("\"query\":\"b\",\"span\":\"7d\"")
        .doesNotContain("\"from\"");
    assertThat(api("bela", "GET", "/saved-searches", "").body()).contains("\"mine\":false");
    assertThat(
            api("ana", "POST", "/saved-searches", "{\"name\":\"x\",\"query\":\"y\"}").statusCode())
        .isEqualTo(400);
    assertThat(api("ana", "DELETE", path, "").statusCode()).isEqualTo(204);
    assertThat(api("ana", "DELETE", path, "").statusCode()).isEqualTo(404);
    assertThat(api("ana", "GET", "/search-history", "").body()).contains("\"items\":[]");
    assertThat(api("ana", "DELETE", "/search-history", "").statusCode()).isEqualTo(204);
    assertThat(api("ana", "GET", "/openapi.json", "").body())
        .contains("/saved-searches/{id}", "/search-history");
  }

  @Test
  void a_name_is_text_and_no_name_is_refused() {
    keep("ana", "<script>alert(1)</script>", false);
    assertThat(signedIn("ana").get("/saved").body().replaceAll("value=\"[^\"]*\"", ""))
        .contains("&lt;script")
        .doesNotContain("<script>alert");
    for (String name : List.of(" ", "two\nlines", "x".repeat(121))) {
      assertThatThrownBy(() -> keep("ana", name, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("name");
    }
    assertThatThrownBy(() -> Wanted.back("q", "soon"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("24h");
  }

  private void keep(String owner, String name, boolean shared) {
    centre.shelf.saved().add(name, Wanted.back("user.name:root", "24h"), shared, person(owner));
  }

  private List<SavedSearch> saved(String reader) {
    return centre.shelf.saved().of(person(reader));
  }

  private Person person(String name) {
    return centre.accounts.find(name).orElseThrow();
  }

  private Visitor signedIn(String name) {
    var visitor = new Visitor(centre);
    visitor.enter(name);
    return visitor;
  }

  private java.net.http.HttpResponse<String> api(
      String name, String method, String path, String json) {
    return new Visitor(centre).api(centre.token(name), method, path, json);
  }

  private static String in(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }
}
