package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mo.farol.event.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console in Debian's Chromium: the analyst's story, and every page in each language. */
class ScreensTest {
  private static final Path PICTURES = Path.of("target/screens");

  private static final List<String> NARROW =
      List.of(
          "/agencies",
          "/agencies/finance",
          "/sources",
          "/indicators?value=evil.test",
          "/unread",
          "/hunts",
          "/sources/try",
          "/events/3/around",
          "/saved?q=x&span=1h");

  @TempDir static Path home;
  private static SmallCentre centre;
  private static Screens screens;

  @BeforeAll
  static void open() throws IOException {
    screens = Screens.open();
    centre = SmallCentre.withBook(home);
    new Story(centre).tell();
    Files.createDirectories(PICTURES);
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
  void an_analyst_signs_in_sees_the_alert_opens_the_case_does_a_step_and_exports_a_report()
      throws IOException {
    try (var context = screens.browser.newContext()) {
      var page = context.newPage();
      var faults = faults(page);
      Walk.signIn(page, centre, "ana");
      page.navigate(centre.address("/alerts").toString());
      page.getByText("Password guessing succeeded, then a root shell").click();
      assertThat(page.locator("ol.steps li").allTextContents())
          .anyMatch(line -> line.contains("the threshold is 10"));
      page.locator("a[href^='/incidents/']").first().click();
      doStep(page);
      String report = export(page);
      assertThat(report)
          .contains("Password guessing succeeded, then a root shell")
          .contains("seen and agreed")
          .contains("ana");
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void keys_move_through_the_queue_and_take_an_alert() {
    try (var context = screens.browser.newContext()) {
      var page = context.newPage();
      Walk.signIn(page, centre, "ana");
      page.navigate(centre.address("/alerts?text=Many+ports").toString());
      page.keyboard().press("j");
      page.keyboard().press("x");
      page.keyboard().press("a");
      var taken = page.locator("table.queue tbody tr:has-text('Taken')");
      taken.waitFor();
      assertThat(taken.textContent()).contains("Many ports tried", "ana");
      page.keyboard().press("/");
      assertThat(page.evaluate("document.activeElement.id")).isEqualTo("quick");
    }
  }

  @Test
  void an_operator_waits_for_the_first_line_of_an_agency_and_sees_it_come() {
    try (var context = screens.browser.newContext()) {
      var page = context.newPage();
      var faults = faults(page);
      Walk.signIn(page, centre, "olga");
      page.navigate(centre.address("/agencies/finance").toString());
      page.locator("select[name='for']").selectOption("vector");
      page.locator("#snippet:has-text('type: http')").waitFor();
      page.getByText("Wait for the next line").click();
      page.locator("#next:has-text('Waiting for the next line')").isVisible();
      centre
          .send("finance", java.time.Instant.now(), "<86>1 - pay-07 sshd 9 - - first line of all")
          .join();
      page.locator("#next article").waitFor();
      assertThat(page.locator("#next table.fields").textContent()).contains("pay-07", "sshd");
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(PICTURES.resolve("line-came.png"))
              .setFullPage(true));
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("New token")).click();
      page.locator("#token").waitFor();
      page.screenshot(
          new Page.ScreenshotOptions().setPath(PICTURES.resolve("token.png")).setFullPage(true));
      var zip =
          page.waitForDownload(
              () ->
                  page.getByRole(
                          AriaRole.BUTTON, new Page.GetByRoleOptions().setName("New certificate"))
                      .click());
      assertThat(zip.suggestedFilename()).matches("finance-[0-9a-f]{8}\\.zip");
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void the_whole_story_works_without_javascript() {
    try (var context =
        screens.browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
      var page = context.newPage();
      Walk.signIn(page, centre, "olga");
      page.navigate(centre.address("/search?q=svc-backup&span=24h").toString());
      page.navigate(centre.address("/alerts?text=three+agencies&status=all").toString());
      page.getByText("One address guesses passwords at three agencies").click();
      page.locator("button[value='acknowledge']").click();
      assertThat(page.locator("p.facts").textContent()).contains("olga");
    }
  }

  @ParameterizedTest
  @CsvSource({"0,en,LIGHT", "1,pt,DARK", "2,zh-Hant,LIGHT"})
  void every_page_stands_in_one_of_the_languages(int third, String language, ColorScheme scheme) {
    stand(thirdOf(pages(), third), language, scheme);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"en,LIGHT", "pt,DARK", "zh-Hant,LIGHT", "zh-Hant,DARK", "en,DARK", "pt,LIGHT"})
  void every_page_stands_in_each_language_and_both_themes(String language, ColorScheme scheme) {
    stand(pages(), language, scheme);
  }

  private static void stand(List<String> pages, String language, ColorScheme scheme) {
    var options =
        new Browser.NewContextOptions()
            .setLocale(language.equals("zh-Hant") ? "zh-MO" : language)
            .setColorScheme(scheme)
            .setViewportSize(1366, 820);
    try (var context = screens.browser.newContext(options)) {
      var page = context.newPage();
      var faults = faults(page);
      picture(page, "/sign-in", language, scheme);
      Walk.signIn(page, centre, "ana");
      for (String path : pages) {
        picture(page, path, language, scheme);
        assertThat(page.locator("html").getAttribute("lang")).as(path).isEqualTo(language);
        assertThat(overflow(page))
            .as("pixels wider than the window: " + path)
            .isLessThanOrEqualTo(0);
      }
      assertThat(faults).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"0,en", "1,pt", "2,zh-MO"})
  void what_agencies_and_sources_show_fits_a_telephone(int third, String language) {
    fit(thirdOf(NARROW, third), language);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"en", "pt", "zh-MO"})
  void what_agencies_and_sources_show_fits_a_telephone_in_each_language(String language) {
    fit(NARROW, language);
  }

  private static void fit(List<String> pages, String language) {
    var options = new Browser.NewContextOptions().setLocale(language).setViewportSize(390, 820);
    try (var context = screens.browser.newContext(options)) {
      var page = context.newPage();
      Walk.signIn(page, centre, "olga");
      for (String path : pages) {
        page.navigate(centre.address(path).toString());
        assertThat(overflow(page)).as(path).isLessThanOrEqualTo(0);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(
                    PICTURES.resolve(
                        "phone-" + language + path.replaceAll("[^a-z0-9]+", "-") + ".png")));
      }
    }
  }

  private static List<String> thirdOf(List<String> pages, int third) {
    return IntStream.range(0, pages.size())
        .filter(i -> i % 3 == third)
        .mapToObj(pages::get)
        .toList();
  }

  private static List<String> pages() {
    var incident = incident();
    return List.of(
        "/",
        "/search?q=svc-backup&span=24h",
        "/search?q=nothing-of-the-kind&span=1h",
        "/search?q=user.name%3A%28&span=1h",
        "/search?q=%7C+count+by+host.name%2C+bin%281h%29&span=24h",
        "/events/3",
        "/events/3/around",
        "/saved",
        "/alerts",
        "/alerts?text=nothing-of-the-kind",
        "/alerts/" + "b2".repeat(16),
        "/incidents",
        "/incidents/" + incident,
        "/indicators?value=evil.test",
        "/hunts",
        "/hunts/" + hunt(),
        "/sources",
        "/unread",
        "/agencies",
        "/agencies/finance?for=filebeat",
        "/playbooks",
        "/decisions",
        "/decisions?tab=calendars",
        "/decisions?tab=risk",
        "/decisions?tab=assets",
        "/decisions?tab=rules",
        "/proof",
        "/help",
        "/password");
  }

  private static String incident() {
    return centre.incidents.list(true, Scope.national(), 10, Optional.empty()).items().stream()
        .filter(i -> i.agency().equals("finance"))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static String hunt() {
    return centre.hunt(
        """
        title: Words of any message
        id: 11111111-1111-4111-8111-111111111111
        logsource: {product: linux}
        detection:
          keywords: ['a', 'e']
          condition: keywords
        """,
        "ana");
  }

  private static void doStep(Page page) {
    var open = page.locator("li.st-open").first();
    open.locator("textarea").fill("seen and agreed");
    var done = open.locator("button[value='done'], button[value='decide:true']").first();
    done.click();
    page.waitForLoadState();
    assertThat(page.locator("p.note").allTextContents()).contains("seen and agreed");
  }

  private static String export(Page page) throws IOException {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("HTML")).click();
    page.waitForLoadState();
    var download = page.waitForDownload(() -> page.locator("a[download]").first().click());
    return Files.readString(download.path());
  }

  private static int overflow(Page page) {
    return (int)
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  private static void picture(Page page, String path, String language, ColorScheme scheme) {
    page.navigate(centre.address(path).toString());
    page.waitForTimeout(150);
    String name = path.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(
                PICTURES.resolve(
                    language
                        + "-"
                        + scheme.name().toLowerCase(java.util.Locale.ROOT)
                        + "-"
                        + (name.isEmpty()
                            ? "board"
                            : name.substring(0, Math.min(28, name.length())))
                        + ".png")));
  }

  private static List<String> faults(Page page) {
    var faults = new ArrayList<String>();
    page.onPageError(faults::add);
    page.onConsoleMessage(
        m -> {
          if (m.type().equals("error") && !m.text().contains("400 (Bad Request)")) {
            faults.add(m.text());
          }
        });
    return faults;
  }
}
