package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mo.farol.account.IngestTerms;
import mo.farol.account.Role;
import mo.farol.event.Agency;
import mo.farol.event.Runs;
import mo.farol.health.Ending;
import mo.farol.seal.Removal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of a centre in which much is wrong, in Debian's Chromium. */
class WrongScreensTest {
  private static final Path PICTURES = Path.of("target/screens");
  private static final List<String> PAGES =
      List.of("/proof", "/agencies", "/agencies/finance", "/sources", "/");

  @TempDir static Path home;
  private static SmallCentre centre;
  private static Screens screens;

  @BeforeAll
  static void open() throws IOException {
    screens = Screens.open();
    centre = new SmallCentre(home, false);
    Files.createDirectories(PICTURES);
    people();
    events();
    endings();
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

  @ParameterizedTest
  @CsvSource({"en,LIGHT,1366", "pt,DARK,390", "zh-MO,LIGHT,1366"})
  void what_is_wrong_fits_the_window_in_each_language(
      String language, ColorScheme scheme, int width) {
    fit(language, scheme, width);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "pt,DARK,1366",
    "zh-MO,DARK,1366",
    "en,DARK,1366",
    "pt,LIGHT,1366",
    "en,LIGHT,390",
    "zh-MO,LIGHT,390"
  })
  void it_does_in_the_other_theme_and_on_a_telephone_too(
      String language, ColorScheme scheme, int width) {
    fit(language, scheme, width);
  }

  private static void fit(String language, ColorScheme scheme, int width) {
    var options =
        new Browser.NewContextOptions()
            .setLocale(language)
            .setColorScheme(scheme)
            .setViewportSize(width, 820);
    try (var context = screens.browser.newContext(options)) {
      var page = context.newPage();
      Walk.signIn(page, centre, "olga");
      for (String path : PAGES) {
        page.navigate(centre.address(path).toString());
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
        picture(page, "wrong-%s-%s-%d%s".formatted(language, scheme, width, path));
        assertThat(overflow(page))
            .as("pixels wider than the window: " + path)
            .isLessThanOrEqualTo(0);
      }
    }
  }

  private static int overflow(Page page) {
    return (int)
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  private static void picture(Page page, String name) {
    String file = name.toLowerCase(Locale.ROOT).replace('/', '-') + ".png";
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(file)).setFullPage(true));
  }

  private static void people() {
    centre.agencies.add(new Agency("finance", "Finance Bureau"));
    centre.agencies.add(new Agency("health", "Health Bureau"));
    centre.account("olga", Role.OPERATOR, Optional.empty());
  }

  // A removal, a damaged block, and a line of removals that nobody signed.
  private static void events() throws IOException {
    send("first");
    long from = Files.size(segment());
    send("the one that is hurt", "and its neighbour");
    long to = Files.size(segment());
    for (int i = 0; i < 20; i++) {
      send("line " + i);
    }
    restart();
    var runs = new Runs.Builder();
    runs.add(5, 9);
    for (String rule :
        List.of("retention.agencies: finance=30d", "retention.classes: traffic=7d")) {
      centre
          .seal()
          .record(
              Removal.of(
                  centre.clock.instant(), rule, "retention", "finance", "http", 1, runs.build()));
    }
    centre.close();
    byte[] bytes = Files.readAllBytes(segment());
    bytes[(int) (from + to) / 2] ^= 1;
    Files.write(segment(), bytes);
    Files.writeString(
        home.resolve("seal/removals.jsonl"), "{\"number\":3}\n", StandardOpenOption.APPEND);
    restart();
    String line = "<38>1 %s pay-02 app - - - hello".formatted(centre.clock.instant());
    send(line);
    centre.sendAgain("finance", centre.clock.instant(), line, line).join();
    centre.settle();
  }

  private static void endings() {
    centre.certificates.issue("finance", Duration.ofDays(3), "olga");
    centre.certificates.issue("health", Duration.ofDays(20), "olga");
    for (String agency : List.of("finance", "health")) {
      centre.tokens.ingest(
          agency, new IngestTerms("scada", Optional.of(Duration.ofDays(12)), List.of()), "olga");
    }
    var now = centre.clock.instant();
    for (var kind : List.of(Ending.Kind.AUTHORITY, Ending.Kind.CONSOLE, Ending.Kind.LISTENERS)) {
      centre.faults.ownEndings.add(Ending.ours(kind, now.minus(Duration.ofDays(2))));
    }
  }

  private static void send(String... lines) {
    centre.send("finance", centre.clock.instant(), lines).join();
  }

  private static void restart() {
    centre.close();
    centre = new SmallCentre(home, false);
  }

  private static Path segment() throws IOException {
    try (var files = Files.list(home.resolve("journal"))) {
      return files.filter(f -> f.toString().endsWith(".seg")).findFirst().orElseThrow();
    }
  }
}
