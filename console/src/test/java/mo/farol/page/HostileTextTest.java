package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.event.EventId;
import mo.farol.event.Scope;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an attacker writes into a log is text on every screen it reaches, and nothing else. */
class HostileTextTest {
  private static final List<String> HOSTILE =
      List.of(
          "<script>document.title='pwned'</script>",
          "\"><img src=x onerror=document.title='pwned'>",
          "'-document.title='pwned'-'",
          "<svg/onload=document.title='pwned'>",
          "javascript:document.title='pwned'",
          "</textarea><script>document.title='pwned'</script>",
          "{{constructor.constructor('document.title=1')()}}",
          "${7*7} @raw <b hx-get=/sign-out hx-trigger=load>x</b>",
          "=cmd|' /C calc'!A0",
          "\u202Egnp.exe\u202C \u200B\u2066 left",
          "\u001B]0;title\u0007\u001B[31mred");

  @TempDir static Path home;
  private static SmallCentre centre;
  private static List<String> pages;

  @BeforeAll
  static void open() {
    centre = new SmallCentre(home, false);
    new Story(centre).people();
    var ids = new ArrayList<EventId>();
    Instant at = Instant.now();
    for (String text : HOSTILE) {
      String line = "<38>1 " + at + " " + "web-01 sshd 1 - - " + text;
      ids.add(new EventId(centre.send("finance", at, line).join()));
    }
    centre.settle();
    for (int i = 0; i < HOSTILE.size(); i++) {
      var events = List.of(ids.get(i));
      centre.raise(
          Story.alert(
              "%02d".formatted(i), Level.HIGH, "finance", HOSTILE.get(i), events, List.of(), 1));
    }
    pages = pages(ids);
  }

  @AfterAll
  static void close() {
    centre.close();
  }

  @Test
  void no_page_holds_an_element_or_a_handler_an_attacker_wrote() {
    var visitor = new Visitor(centre);
    visitor.enter("ana");
    for (String path : pages) {
      // What somebody asked for stays in its field as they typed it.
      String page = visitor.get(path).body().replaceAll("value=\"[^\"]*\"", "");
      assertThat(page)
          .as(path)
          .contains("</html>")
          .doesNotContain("<script>", "<img src=x", "<svg/", "<b hx-get", "</textarea><script")
          .doesNotContain("\u202E", "\u2066", "\u001B");
    }
  }

  @Test
  void a_browser_runs_none_of_it() {
    try (var screens = Screens.open();
        var context = screens.browser.newContext()) {
      var page = context.newPage();
      var said = new ArrayList<String>();
      page.onConsoleMessage(
          m -> {
            if (!m.text().contains("400 (Bad Request)")) {
              said.add(m.text());
            }
          });
      page.onPageError(said::add);
      Walk.signIn(page, centre, "ana");
      for (String path : pages) {
        page.navigate(centre.address(path).toString());
        assertThat(page.title()).as(path).isNotEqualTo("pwned").contains(" · Farol");
      }
      assertThat(said).as("nothing was even refused by the policy").isEmpty();
    }
  }

  private static List<String> pages(List<EventId> ids) {
    var all =
        new ArrayList<>(
            List.of(
                "/",
                "/alerts?status=all",
                "/incidents",
                "/sources",
                "/unread",
                "/search?span=24h"));
    ids.forEach(id -> all.add("/events/" + id));
    ids.forEach(id -> all.add("/events/" + id + "/around"));
    ids.forEach(id -> all.add("/agencies/finance/next?from=" + id));
    for (int i = 0; i < HOSTILE.size(); i++) {
      all.add("/alerts/" + "%02d".formatted(i).repeat(16));
      all.add("/alerts?text=" + URLEncoder.encode(HOSTILE.get(i), StandardCharsets.UTF_8));
      all.add("/search?q=" + URLEncoder.encode(HOSTILE.get(i), StandardCharsets.UTF_8));
    }
    centre
        .incidents
        .list(true, Scope.national(), 50, Optional.empty())
        .items()
        .forEach(incident -> all.add("/incidents/" + incident.id()));
    all.add("/saved"); // what was searched for above stands there
    return all;
  }
}
