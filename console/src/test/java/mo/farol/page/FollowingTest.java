package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import mo.farol.account.Role;
import mo.farol.web.LiveEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In Debian's Chromium: a search that takes long, and a query that is followed. */
class FollowingTest {
  private static final Instant AT = Instant.parse("2026-11-24T09:01:00Z");
  private static Screens screens;

  @TempDir private Path home;
  private SmallCentre centre;

  @BeforeAll
  static void start() {
    screens = Screens.open();
  }

  @AfterAll
  static void stop() {
    if (screens != null) {
      screens.close();
    }
  }

  @BeforeEach
  void open() {
    centre = new SmallCentre(home, false);
    centre.account("ana", Role.ANALYST, Optional.empty());
    send(IntStream.range(0, 120).mapToObj(i -> "old " + i).toArray(String[]::new));
  }

  @AfterEach
  void close() {
    centre.readSlowly(Duration.ZERO);
    centre.close();
  }

  @Test
  void a_long_search_says_how_far_it_is_and_is_cancelled_by_keyboard() throws Exception {
    try (var context = screens.browser.newContext()) {
      var page = context.newPage();
      var faults = faults(page);
      Walk.signIn(page, centre, "ana");
      page.navigate(centre.address("/search?q=nothing").toString());
      centre.readSlowly(Duration.ofMillis(100));

      // Playwright waits for the page that is to come, so what is seen before is looked at within.
      page.evaluate(
          """
          () => {
            const look = () => {
              const place = document.querySelector('#under-way');
              const button = place?.querySelector('button');
              if (!button) return setTimeout(look, 50);
              sessionStorage.seen = place.querySelector('progress').max + ' ' + place.textContent;
              button.focus();
              sessionStorage.focused = document.activeElement === button;
              button.click();
              setTimeout(look, 300); // one that is there may not yet hear
            };
            setTimeout(look, 50);
            document.querySelector('#q').value = 'old';
            setTimeout(() => document.querySelector('#query').requestSubmit(), 0);
          }
          """);
      page.getByText("This search was cancelled").waitFor();
      assertThat((String) page.evaluate("sessionStorage.seen"))
          .startsWith("100 ")
          .contains("Searching", "events");
      assertThat(page.evaluate("sessionStorage.focused")).isEqualTo("true");
      assertThat(page.locator("#q").inputValue()).isEqualTo("old");
      centre.readSlowly(Duration.ZERO);
      page.getByText("Search again").click();
      page.locator("table.events tbody tr").first().waitFor();
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void new_rows_come_on_top_once_each_and_are_held_back_when_asked() {
    try (var context = screens.browser.newContext()) {
      var page = context.newPage();
      var faults = faults(page);
      Walk.signIn(page, centre, "ana");
      page.navigate(centre.address("/search?q=host%3Apay-01&span=24h").toString());
      send("between the page and the line");
      page.locator("#tail").click();
      var rows = page.locator("table.events tbody tr");
      rows.filter(new Locator.FilterOptions().setHasText("between the page and the line"))
          .waitFor();

      page.locator("#tail-hold").click();
      send("<b>held</b>", "held too");
      page.locator("#tail-note").filter(new Locator.FilterOptions().setHasText("2 held")).waitFor();
      assertThat(rows.first().textContent()).contains("between the page");
      page.locator("#tail-hold").click();
      rows.filter(new Locator.FilterOptions().setHasText("held too")).waitFor();

      assertThat(rows.first().textContent()).contains("held too");
      assertThat(rows.nth(1).textContent()).contains("<b>held</b>");
      assertThat(ids(rows)).doesNotHaveDuplicates().hasSize(103);
      assertThat(page.locator("#tail-note").textContent()).contains("3 new");
      picture(page, "following");
      rows.first().locator("a").click();
      page.locator("#drawer .raw").first().waitFor();
      assertThat(page.url()).endsWith("#live");
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void a_page_without_a_row_gets_its_first_one_and_goes_on_following() {
    try (var context = screens.browser.newContext()) {
      var page = context.newPage();
      Walk.signIn(page, centre, "ana");
      page.navigate(centre.address("/search?q=first&span=24h").toString());
      page.locator("#tail").click();
      page.locator("#tail[aria-pressed=true]").waitFor();
      send("the first of all");
      page.locator("table.events tbody tr").waitFor();
      page.locator("#tail[aria-pressed=true]").waitFor();
      send("and a second first");
      page.locator("table.events tbody tr")
          .filter(new Locator.FilterOptions().setHasText("second"))
          .waitFor();
    }
  }

  @Test
  void a_page_without_a_row_shows_what_comes_whatever_its_time_and_is_not_loaded_again() {
    try (var context = screens.browser.newContext()) {
      var page = context.newPage();
      var faults = faults(page);
      Walk.signIn(page, centre, "ana");
      page.navigate(centre.address("/search?q=late&span=15m").toString());
      page.locator("#tail").click();
      page.locator("#tail[aria-pressed=true]").waitFor();
      page.evaluate("window.isStillHere = true");
      assertThat(page.locator("table.events").isVisible()).isFalse();

      send("late by half an hour", "late too");

      page.locator("table.events tbody tr").nth(1).waitFor();
      assertThat(page.locator(".grid .empty").count()).isZero();
      assertThat(page.evaluate("window.isStillHere")).isEqualTo(true);
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void a_page_nobody_sees_holds_no_line_and_loses_nothing() {
    try (var context = screens.browser.newContext()) {
      var page = context.newPage();
      var faults = faults(page);
      Walk.signIn(page, centre, "ana");
      page.navigate(centre.address("/search?q=host%3Apay-01&span=24h").toString());
      page.locator("#tail").click();
      Awaitility.await().until(() -> centre.following() == 1 && centre.listening() == 1);

      see(page, false);
      Awaitility.await().until(() -> centre.following() == 0 && centre.listening() == 0);
      send("while nobody looked");
      centre.publish(new LiveEvent("alert", "finance", Map.of("title", "unseen")));
      see(page, true);

      page.getByText("while nobody looked").waitFor();
      page.locator("#live").filter(new Locator.FilterOptions().setHasText("+1")).waitFor();
      assertThat(page.locator("#tail[aria-pressed=true]").count()).isOne();
      assertThat(faults).isEmpty();
    }
  }

  // A browser without a window never hides a page by itself.
  private static void see(Page page, boolean visible) {
    page.evaluate(
        """
        hidden => {
          Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """,
        !visible);
  }

  private void send(String... messages) {
    String[] lines = new String[messages.length];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - " + messages[i];
    }
    centre.send("finance", AT, lines).join();
    centre.settle();
  }

  private static List<String> ids(Locator rows) {
    return rows.all().stream().map(row -> row.getAttribute("data-id")).toList();
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target/screens").resolve(name + ".png"))
            .setFullPage(false));
  }

  private static List<String> faults(Page page) {
    var faults = new ArrayList<String>();
    page.onPageError(faults::add);
    page.onConsoleMessage(
        m -> {
          if (m.type().equals("error") && !m.text().contains("409 (Conflict)")) {
            faults.add(m.text());
          }
        });
    return faults;
  }
}
