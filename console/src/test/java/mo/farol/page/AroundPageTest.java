package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import mo.farol.account.Role;
import mo.farol.event.Agency;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines around an event and the searches it leads to, as pages and over the API. */
class AroundPageTest {
  private static final Pattern PIVOT = Pattern.compile("href=\"/search\\?q=([^&]*)&amp;from");

  @TempDir private Path home;
  @AutoClose private SmallCentre centre;
  private Visitor ana;

  @BeforeEach
  void open() {
    centre = new SmallCentre(home, false);
    centre.agencies.add(new Agency("finance", "Finance Bureau"));
    centre.agencies.add(new Agency("health", "Health Bureau"));
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("rui", Role.AGENCY, Optional.of("health"));
    send("finance", "<13>1 2026-11-24T09:01:00Z web-01 app - - - first of finance"); // 0
    send("health", "<13>1 2026-11-24T09:01:00Z web-01 app - - - first of health"); // 1
    send("finance", "<13>1 2026-11-24T09:02:00Z web-01 app - - - second of finance"); // 2
    send("health", "<13>1 2026-11-24T09:00:00Z web-01 app - - - second of health"); // 3
    send("finance", "<13>1 2026-11-24T09:03:00Z web-02 app - - - another host"); // 4
    send("health", "<13>1 2026-11-24T09:03:00Z web-01 app - - - third of health"); // 5
    centre.settle();
    ana = signedIn("ana");
  }

  @Test
  void the_lines_of_one_source_stand_around_its_event_whatever_came_between() {
    String page = ana.get("/events/1/around").body();

    assertThat(page).contains("first of health", "second of health", "third of health");
    assertThat(page).doesNotContain("of finance", "another host");
    assertThat(page)
        .contains("data-id=\"1\" aria-current=\"true\"", "No line of this source stands before.");
    String byTime = ana.get("/events/1/around?by=time").body();
    assertThat(byTime.indexOf("second of health")).isLessThan(byTime.indexOf("first of health"));
  }

  @Test
  void an_agencys_reader_sees_none_of_another_agencys_events_and_is_told_of_none() {
    var rui = signedIn("rui");

    assertThat(rui.get("/events/5/around").body())
        .contains("first of health", "second of health")
        .doesNotContain("finance");
    assertThat(rui.get("/events/2/around").statusCode()).isEqualTo(404);
    assertThat(rui.get("/events/5/around?before=2").statusCode()).isEqualTo(404);
    assertThat(api("rui", "/events/2/context").statusCode()).isEqualTo(404);
    assertThat(api("rui", "/events/5/context?at=2").statusCode()).isEqualTo(404);
    assertThat(api("rui", "/events/5/context").body()).doesNotContain("finance");
  }

  @Test
  void one_goes_on_outwards_page_by_page() {
    for (int i = 0; i < 30; i++) {
      send("finance", "<13>1 2026-11-24T09:10:%02dZ web-03 app - - - line %02d".formatted(i, i));
    }
    centre.settle();
    String page = ana.get("/events/20/around?lines=5").body(); // line 14

    assertThat(page).contains("line 09", "line 14", "line 19").doesNotContain("line 08", "line 20");
    assertThat(page).contains("/events/20/around?lines=5&amp;by=received&amp;before=15");
    String before = ana.get("/events/20/around?lines=5&by=received&before=15").body();
    assertThat(before).contains("line 04", "line 08").doesNotContain("line 03", "line 09");
    String after = ana.get("/events/20/around?lines=5&by=received&after=25").body();
    assertThat(after).contains("line 20", "line 24").doesNotContain("line 19", "line 25");
  }

  @Test
  void the_api_answers_lines_in_their_order_and_says_whether_more_follow() {
    assertThat(api("ana", "/events/3/context?before=1&after=5").body())
        .contains("\"at\":\"3\",\"by\":\"received\"")
        .contains("\"before\":[{\"id\":\"1\"")
        .contains("\"after\":[{\"id\":\"5\"")
        .contains("\"earlier\":false,\"later\":false,\"exact\":true");
    assertThat(api("ana", "/events/3/context?before=1&after=1&by=time").body())
        .contains("\"before\":[]", "\"after\":[{\"id\":\"1\"", "\"later\":true");
    assertThat(api("ana", "/events/3/context?before=2000").statusCode()).isEqualTo(400);
    assertThat(api("ana", "/events/3/context?by=mood").statusCode()).isEqualTo(400);
    assertThat(api("ana", "/events/99/context").statusCode()).isEqualTo(404);
    assertThat(api("ana", "/openapi.json").body()).contains("/events/{id}/context");
  }

  @Test
  void what_an_attacker_named_a_user_is_one_quoted_value_of_the_search_it_leads_to() {
    String name = "x\\\" OR agency:finance OR user.name:\\\"y \\\\";
    send(
        "health",
        "{\"@timestamp\":\"2026-11-24T09:05:00Z\",\"host\":{\"name\":\"ward\"},\"user\":{\"name\":\""
            + name
            + "\"},\"source\":{\"ip\":\"192.0.2.7\"},\"message\":\"odd\"}"); // 6
    centre.settle();
    String page = ana.get("/events/6").body();

    var queries =
        PIVOT
            .matcher(page)
            .results()
            .map(m -> URLDecoder.decode(m.group(1), StandardCharsets.UTF_8))
            .toList();
    assertThat(queries)
        .contains("host.name:\"ward\"", "source.ip:\"192.0.2.7\"")
        .contains("user.name:\"x\\\" OR agency:finance OR user.name:\\\"y \\\\\"")
        .noneMatch(query -> query.startsWith("destination.ip"));
    String user = queries.stream().filter(q -> q.startsWith("user.name")).findFirst().orElseThrow();
    String found =
        ana.get(
                "/search?from=2026-11-24T09:00:00Z&to=2026-11-24T09:30:00Z&q="
                    + java.net.URLEncoder.encode(user, StandardCharsets.UTF_8))
            .body();
    assertThat(found).contains("data-id=\"6\"").doesNotContain("data-id=\"2\"");
    assertThat(page)
        .contains("&amp;from=2026-11-24T09%3A04%3A00Z&amp;to=2026-11-24T09%3A06%3A00Z\"")
        .contains("&amp;from=2026-11-24T08%3A05%3A00Z&amp;to=2026-11-24T10%3A05%3A00Z\"");
  }

  @Test
  void fields_are_listed_with_the_share_of_events_that_have_them() {
    send("health", "{\"host\":{\"name\":\"ward\"},\"odd.one\":\"1\",\"message\":\"m\"}");
    centre.settle();
    centre.later(Duration.ofMinutes(1));
    var rui = signedIn("rui");

    assertThat(rui.get("/search/fields?q=" + "*").body())
        .contains("odd.one", "25 %", "host.name", "100 %", "q=%28*%29+AND+odd.one%3A*");
    send("finance", "{\"host\":{\"name\":\"pay\"},\"secret.one\":\"1\",\"message\":\"m\"}");
    centre.settle();
    assertThat(rui.get("/search/fields").body()).doesNotContain("secret.one");
  }

  private void send(String agency, String line) {
    centre.send(agency, centre.clock.instant(), line).join();
  }

  private Visitor signedIn(String name) {
    var visitor = new Visitor(centre);
    visitor.enter(name);
    return visitor;
  }

  private java.net.http.HttpResponse<String> api(String name, String path) {
    return new Visitor(centre).api(centre.token(name), "GET", path, "");
  }
}
