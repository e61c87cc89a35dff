package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import mo.farol.account.Role;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of sources, narrowed and ordered by its address. */
class SourcesPageTest {
  @TempDir private Path home;
  @AutoClose private SmallCentre centre;
  private Visitor ana;

  @BeforeEach
  void open() {
    centre = new SmallCentre(home, false);
    centre.account("ana", Role.ANALYST, Optional.empty());
    ana = new Visitor(centre);
    ana.enter("ana");
  }

  @Test
  void a_source_is_found_by_agency_host_and_what_is_wrong_with_it() {
    send("finance", "pay-01", 0);
    send("finance", "pay-02", 3 * 3600);
    send("health", "ward-01", 0);
    centre.settle();
    assertThat(ana.get("/sources").body()).contains("pay-01", "pay-02", "ward-01");
    assertThat(ana.get("/sources?agency=health").body()).contains("ward-01").doesNotContain("pay-");
    assertThat(ana.get("/sources?text=PAY").body()).contains("pay-01").doesNotContain("ward-01");
    assertThat(ana.get("/sources?state=trouble").body())
        .as("its clock is three hours off")
        .contains("pay-02")
        .doesNotContain("pay-01", "ward-01");
    assertThat(ana.get("/sources?state=silent").body()).contains("No source is like that");
  }

  @Test
  void what_a_source_sent_again_is_counted_and_leads_to_its_events() {
    send("finance", "pay-01", 0);
    send("finance", "pay-02", 0);
    var now = centre.clock.instant();
    String line = "<38>1 %s pay-02 app - - - hello".formatted(now);
    centre.sendAgain("finance", now, line, line).join();
    centre.settle();
    String page = ana.get("/sources?sort=repeated").body();
    assertThat(page)
        .contains("Repeats", "farol.duplicate")
        .containsSubsequence(">pay-02<", ">pay-01<");
    var link =
        Pattern.compile(
                "href=\"(/search\\?q=farol[^\"]+)\" title=\"those of the last 30 days\">2</a>")
            .matcher(page);
    assertThat(link.find()).isTrue();
    centre.later(Duration.ofMinutes(1));
    String found =
        ana.get(link.group(1).replace("&#34;", "%22").replace(" ", "%20").replace("&amp;", "&"))
            .body();
    assertThat(found).contains("hello");
    assertThat(ana.api(centre.token("ana"), "GET", "/sources", "").body())
        .containsPattern("\"host\":\"pay-02\"[^}]*\"events\":3[^}]*\"repeated\":2")
        .containsPattern("\"host\":\"pay-01\"[^}]*\"repeated\":0");
  }

  @Test
  void any_column_comes_first_and_the_address_keeps_the_rest() {
    send("finance", "aaa", 0);
    send("finance", "bbb", 7200);
    centre.settle();
    assertThat(ana.get("/sources?sort=host").body()).containsSubsequence(">aaa<", ">bbb<");
    assertThat(ana.get("/sources?sort=skew&text=b%22").body()).contains("text=b%22&amp;state=");
    assertThat(ana.get("/sources?sort=skew").body()).containsSubsequence(">bbb<", ">aaa<");
  }

  @Test
  void hundreds_of_sources_are_one_page_and_thousands_say_so() {
    var lines =
        IntStream.range(0, 1_200)
            .mapToObj(i -> "<38>1 - host-%04d app - - - hello".formatted(i))
            .toArray(String[]::new);
    centre.send("finance", centre.clock.instant(), lines).join();
    centre.settle();
    assertThat(ana.get("/sources?sort=host").body())
        .contains("host-0000", "host-0999", "are shown; narrow the list")
        .doesNotContain("host-1000");
  }

  @Test
  void a_clock_that_went_away_is_shown_with_where_it_was_and_is() {
    for (int minutes = 0; minutes <= 50; minutes += 5) {
      send("finance", "pay-01", minutes > 35 ? -300 : 1);
      send("finance", "pay-02", 0);
      centre.settle();
      centre.sources.due(centre.clock.instant());
      centre.later(Duration.ofMinutes(5));
    }
    assertThat(ana.get("/sources?state=trouble").body())
        .contains("pay-01", "clock went away", "300 s off, was -1 s")
        .doesNotContain("pay-02");
    assertThat(ana.api(centre.token("ana"), "GET", "/sources", "").body())
        .containsPattern("\"host\":\"pay-01\".*\"kind\":\"drift\"")
        .containsPattern("\"lastHour\":\\d+,\"weeks\":0");
  }

  private void send(String agency, String host, int secondsBehind) {
    var now = centre.clock.instant();
    String line = "<38>1 %s %s app - - - hello".formatted(now.minusSeconds(secondsBehind), host);
    centre.send(agency, now, line).join();
  }
}
