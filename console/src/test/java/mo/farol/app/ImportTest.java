package mo.farol.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import mo.farol.centre.Config;
import mo.farol.centre.Farol;
import mo.farol.centre.Home;
import mo.farol.centre.Running;
import mo.farol.event.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A labelled day through {@code farol import}, as an operator types it. */
class ImportTest {
  @Test
  void a_day_imported_into_a_stopped_home_raises_what_it_must_and_once_only(@TempDir Path home)
      throws IOException {
    var day = bruteForce();

    assertThat(bring(home, day)).isZero();
    assertThat(bring(home, day)).as("the same file again").isZero();

    try (var _ = Farol.open(config(home)).start();
        var client = client(home)) {
      judge(client, day);
    }
  }

  @Test
  void a_day_imported_into_a_running_centre_goes_over_its_api(@TempDir Path home)
      throws IOException {
    var day = bruteForce();

    try (var _ = Farol.open(config(home)).start();
        var client = client(home)) {
      assertThat(bring(home, day)).isZero();
      assertThat(bring(home, day)).as("the same file again").isZero();
      judge(client, day);
    }
  }

  @Test
  void an_agency_that_only_an_archive_names_is_one_of_the_agencies_afterwards(@TempDir Path home)
      throws IOException {
    var file = Files.writeString(home.resolveSibling("old.log"), "<13>one line\n");
    var said =
        Main.run("import", "--home", home.toString(), "--agency", "harbour", file.toString());
    assertThat(said).isZero();
    assertThat(
            Main.run("import", "--home", home.toString(), "--agency", "harbour", home.toString()))
        .as("a folder")
        .isEqualTo(2);
    try (var farol = Farol.open(config(home))) {
      assertThat(farol.agencies().find("harbour")).isPresent();
    }
  }

  private static void judge(CentreClient client, Day day) {
    assertThat(client.get("/status", Map.of()).path("received").asLong()).isEqualTo(day.count());
    JsonNode alerts =
        client.get("/alerts", Map.of("agency", "agency-a", "limit", "1000")).path("items");
    assertThat(day.missing(alerts)).as("not raised, among %s", alerts).isEmpty();
    assertThat(day.wrong(alerts)).as("raised, among %s", alerts).isEmpty();
  }

  private static int bring(Path home, Day day) {
    return Main.run(
        "import", "--home", home.toString(), "--agency", "agency-a", "--year", "2025", day.lines());
  }

  private static Day bruteForce() throws IOException {
    var folder = SharedData.find("scenarios/ssh-bruteforce");
    Assumptions.assumeTrue(folder.isPresent(), "the labelled days are not on this machine");
    return Day.of(folder.get());
  }

  private static Config config(Path home) {
    return Config.read(home, Optional.empty(), FreePorts.SETTINGS);
  }

  private static CentreClient client(Path folder) {
    var home = new Home(folder);
    return new CentreClient(
        home, Running.on(home).orElseThrow(), Tokens.local(config(folder), "local"));
  }
}
