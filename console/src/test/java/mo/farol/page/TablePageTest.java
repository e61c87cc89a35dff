package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import mo.farol.account.Role;
import mo.farol.event.Agency;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query with stages on the search page, as a file, and over the API. */
class TablePageTest {
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
    send("finance", "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - one");
    send("finance", "<13>1 2026-11-24T09:02:00Z pay-01 ledger - - - two");
    send("finance", "<13>1 2026-11-24T09:08:00Z pay-02 =HYPERLINK(1) - - - three");
    send("health", "<13>1 2026-11-24T09:09:00Z ward-01 <b>x</b> - - - four");
    centre.settle();
    ana = signedIn("ana");
  }

  @Test
  void a_table_has_links_that_sort_it_and_lead_to_the_events_behind_each_cell() {
    String page = search(ana, "* | count by app, host | limit 9");

    assertThat(page)
        .contains("3 of 3 rows", "from 4 events")
        .contains(href("/search?q=" + in("* | count by app, host | limit 9 | sort -count")))
        .contains(href("/search?q=" + in("(*) AND log.syslog.appname:\"ledger\"")))
        .contains(
            href(
                "/search?q="
                    + in("((*) AND log.syslog.appname:\"ledger\") AND host.name:\"pay-01\"")));
    String sorted = search(ana, "* | count by app | sort -count");
    assertThat(sorted)
        .contains("aria-sort=\"descending\"")
        .contains(href("/search?q=" + in("* | count by app | sort count")));
  }

  @Test
  void a_long_query_leaves_links_out_before_the_page_grows_and_says_so() {
    for (int i = 0; i < 110; i++) {
      send("finance", "<13>1 2026-11-24T09:10:00Z many-%03d ledger - - - x".formatted(i));
    }
    centre.settle();
    String query =
        "(* OR \""
            + "x".repeat(5_000)
            + "\") | count as a, count as b, count as c, count as d, count as e, count as f, count"
            + " as g, count as h by host";

    String page = search(ana, query);

    assertThat(page).contains("only the first ones do").hasSizeLessThan(6 << 20);
    assertThat(search(ana, "* | count by host")).doesNotContain("only the first ones do");
  }

  @Test
  void a_bin_leads_to_its_span_of_time() {
    assertThat(search(ana, "* | count by bin(5m)"))
        .contains("&amp;from=2026-11-24T09%3A00%3A00Z&amp;to=2026-11-24T09%3A05%3A00Z\"")
        .contains("2026-11-24 09:05:00");
  }

  @Test
  void what_a_sender_wrote_is_text_on_the_page_and_no_formula_in_a_file() {
    assertThat(search(ana, "* | count by app")).contains("&lt;b").doesNotContain("<b>x</b>");
    var file = ana.get("/search/table?format=csv&q=" + in("* | count by app"));
    assertThat(file.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
    assertThat(file.body().split("\r\n", -1))
        .containsExactly(
            "\"log.syslog.appname\",\"count\"",
            "\"ledger\",2",
            "\"<b>x</b>\",1",
            "\"'=hyperlink(1)\",1",
            "");
    assertThat(ana.get("/search/table?format=ndjson&q=" + in("* | top 1 app")).body())
        .isEqualTo("{\"log.syslog.appname\":\"ledger\",\"count\":2}\n");
    assertThat(ana.get("/search/table?q=ledger").statusCode()).isEqualTo(400);
  }

  @Test
  void a_reader_of_one_agency_counts_its_own_events_only() {
    var rui = signedIn("rui");

    assertThat(search(rui, "* | count by agency, app"))
        .contains("1 of 1 rows", "health")
        .doesNotContain("finance", "ledger");
    assertThat(rui.get("/search/table?q=" + in("* | count by agency")).body())
        .isEqualTo("\"agency\",\"count\"\r\n\"health\",1\r\n");
    assertThat(api("rui", "NOT agency:health | count").body()).contains("\"rows\":[[0]]");
  }

  @Test
  void the_api_answers_a_table() {
    assertThat(api("ana", "ledger OR one | count by host | limit 5").body())
        .startsWith(
            "{\"columns\":[\"host.name\",\"count\"],\"rows\":[[\"pay-01\",1]],\"total\":1,"
                + "\"matched\":1,\"matchedExact\":true,\"exact\":true,\"partial\":[],");
    assertThat(api("ana", "* | count by host", "&limit=1").body()).contains("\"total\":3");
    assertThat(api("ana", "* | cuont").body()).contains("did you mean count?");
    assertThat(api("ana", "one").body()).contains("\"items\"");
    assertThat(new Visitor(centre).api(centre.token("ana"), "GET", "/openapi.json", "").body())
        .contains("With stages: columns (names)");
  }

  @Test
  void a_fault_in_a_stage_is_shown_at_its_column() {
    assertThat(search(ana, "* | count by usr.name")).contains("Column 14", "user.name");
  }

  private void send(String agency, String line) {
    centre.send(agency, centre.clock.instant(), line).join();
  }

  private Visitor signedIn(String name) {
    var visitor = new Visitor(centre);
    visitor.enter(name);
    return visitor;
  }

  private static String search(Visitor who, String query) {
    return who.get("/search?q=" + in(query)).body();
  }

  private java.net.http.HttpResponse<String> api(String name, String query, String... more) {
    return new Visitor(centre)
        .api(centre.token(name), "GET", "/events?q=" + in(query) + String.join("", more), "");
  }

  private static String href(String address) {
    return "href=\"" + address;
  }

  private static String in(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }
}
