package mo.farol.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
  private static final List<String> FREE_PORTS =
      List.of(
          "intake.syslog.udp=0",
          "intake.syslog.tcp=0",
          "intake.http=0",
          "console.port=0",
          "metrics.port=0");

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
    return Config.read(home, Optional.empty(), FREE_PORTS);
  }

  private static CentreClient client(Path folder) {
    var home = new Home(folder);
    return new CentreClient(home, Running.on(home).orElseThrow(), Tokens.local(config(folder)));
  }
}
