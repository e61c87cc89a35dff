package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.account.Role;
import mo.farol.event.Agency;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an analyst does round a search, by keyboard, in Debian's Chromium. */
class HabitsTest {
  private static final String DAY = "&from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z";

  @TempDir static Path home;
  private static SmallCentre centre;
  private static Screens screens;

  @BeforeAll
  static void open() {
    screens = Screens.open();
    centre = new SmallCentre(home, false);
    centre.agencies.add(new Agency("finance", "Finance Bureau"));
    centre.account("ana", Role.ANALYST, Optional.empty());
    for (int i = 0; i < 60; i++) {
      centre
          .send(
              "finance",
              centre.clock.instant(),
              "<13>1 2026-11-24T09:00:%02dZ pay-01 ledger - - - line %02d <b>x</b>".formatted(i, i))
          .join();
    }
    centre.settle();
  }

  @AfterAll
  static void close() {
    if (centre != null) {
      centre.close();
    }
    if (screens != null) {
      screens.close();
    }
  }

  @Test
  void from_a_row_by_keyboard_to_the_lines_around_it_and_further_out() {
    try (var context = screens.browser.newContext()) {
      var page = context.newPage();
      var faults = faults(page);
      Walk.signIn(page, centre, "ana");
      page.navigate(centre.address("/search?q=%22line+30%22" + DAY).toString());
      page.keyboard().press("j");
      page.locator("#drawer details.nearby summary").click();
      page.locator("#drawer ol.around li.this:has-text('line 30')").waitFor();
      assertThat(page.locator("#drawer ol.around li"))
          .satisfies(l -> assertThat(l.count()).isEqualTo(11));
      picture(page, "drawer");
      page.keyboard().press("v");
      page.waitForURL("**/around");
      assertThat(page.locator("table.lines tbody tr").count()).isEqualTo(41);
      assertThat(page.locator("tr.cursor").textContent()).contains("line 30");
      page.keyboard().press("k");
      assertThat(page.locator("tr.cursor").textContent()).contains("line 29");
      page.locator("a[rel=prev]").click();
      page.waitForURL("**&before=*");
      assertThat(page.locator("table.lines tbody tr").count()).isEqualTo(10);
      page.goBack();
      page.keyboard().press("Enter");
      page.waitForURL("**/events/*");
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void a_pivot_lands_in_a_query_that_can_be_edited() {
    try (var context = screens.browser.newContext()) {
      var page = context.newPage();
      Walk.signIn(page, centre, "ana");
      page.navigate(centre.address("/events/30").toString());
      page.getByLabel("host.name: 1 minutes before and after").click();
      page.waitForURL("**/search?**");
      assertThat(page.locator("#q").inputValue()).isEqualTo("host.name:\"pay-01\"");
      assertThat(page.locator("table.events tbody tr").count()).isEqualTo(60);
      page.locator("#q").fill("host.name:\"pay-01\" AND \"line 31\"");
      page.locator("form.query button.main").click();
      page.locator("table.events tbody tr:has-text('line 31')").waitFor();
      assertThat(page.locator("table.events tbody tr").count()).isEqualTo(1);
    }
  }

  @Test
  void a_search_is_saved_and_opened_again_without_a_mouse() {
    try (var context = screens.browser.newContext()) {
      var page = context.newPage();
      var faults = faults(page);
      Walk.signIn(page, centre, "ana");
      page.navigate(centre.address("/search?q=%22line+07%22" + DAY).toString());
      page.keyboard().press("h");
      var name = page.locator("#kept input[name=name]");
      name.waitFor();
      name.fill("Line seven");
      name.press("Enter");
      page.waitForURL("**/saved");
      page.keyboard().press("j");
      page.keyboard().press("Enter");
      page.waitForURL("**/search?**");
      assertThat(page.locator("#q").inputValue()).isEqualTo("\"line 07\"");
      page.keyboard().press("h");
      page.locator("#kept li a >> nth=0").waitFor();
      page.waitForFunction("document.activeElement.matches('#kept li a')");
      assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Line seven");
      page.keyboard().press("ArrowDown");
      assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("\"line 07\"");
      picture(page, "kept");
      page.keyboard().press("Escape");
      assertThat(page.locator("#kept").getAttribute("open")).isNull();
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void the_whole_result_is_a_file_away_and_fields_unfold() throws IOException {
    try (var context = screens.browser.newContext()) {
      var page = context.newPage();
      var faults = faults(page);
      Walk.signIn(page, centre, "ana");
      page.navigate(centre.address("/search?q=line" + DAY).toString());
      var file =
          page.waitForDownload(
              () ->
                  page.getByRole(
                          AriaRole.LINK, new Page.GetByRoleOptions().setName("CSV").setExact(true))
                      .click());
      assertThat(file.suggestedFilename()).isEqualTo("farol-events.csv");
      assertThat(Files.readAllLines(file.path())).hasSize(61);
      page.getByText("All fields").click();
      var field = page.locator(".side .all details:has-text('log.syslog.appname')");
      field.waitFor();
      assertThat(field.textContent()).contains("100 %");
      field.locator("summary").click();
      page.locator(".side .all .values:has-text('ledger')").waitFor();
      picture(page, "fields");
      assertThat(faults).isEmpty();
    }
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/screens/habit-" + name + ".png")));
  }

  private static List<String> faults(Page page) {
    var faults = new ArrayList<String>();
    page.onPageError(faults::add);
    page.onConsoleMessage(
        m -> {
          if (m.type().equals("error")) {
            faults.add(m.text());
          }
        });
    return faults;
  }
}
