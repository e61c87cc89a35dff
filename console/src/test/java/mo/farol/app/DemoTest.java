package mo.farol.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.bench.ChildJvm;
import mo.farol.centre.Config;
import mo.farol.centre.Home;
import mo.farol.centre.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, in a process of its own. */
class DemoTest {
  @Test
  void the_demonstration_leads_to_alerts_with_their_why_and_a_case_whose_playbook_is_under_way(
      @TempDir Path home) throws Exception {
    var process = ChildJvm.start(demo(home));
    try {
      var said = new ArrayList<String>();
      var lines = ChildJvm.reader(process);
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line.strip());
        if (line.startsWith("ready ")) {
          break;
        }
      }
      assertThat(said).anyMatch(line -> line.matches("console +https://.*"));
      assertThat(said).anyMatch(line -> line.matches("sign in +admin / [a-z0-9-]{10,}"));
      try (var client = client(home)) {
        await()
            .atMost(Duration.ofMinutes(3))
            .pollInterval(Duration.ofSeconds(1))
            .untilAsserted(() -> seeStory(client));
      }
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static void seeStory(CentreClient client) {
    var alerts = client.get("/alerts", Map.of()).path("items");
    assertThat(alerts).isNotEmpty().allMatch(alert -> alert.path("why").size() > 1);
    var cases = client.get("/incidents", Map.of()).path("items");
    assertThat(cases).isNotEmpty();
    String id = cases.get(0).path("id").asText();
    var runs = client.get("/incidents/" + id + "/runs", Map.of());
    assertThat(runs.path("items")).as("%s", runs).isNotEmpty();
  }

  private static List<String> demo(Path home) {
    var words = new ArrayList<>(List.of("demo", "--home", home.toString()));
    words.addAll(FreePorts.words());
    return words;
  }

  private static CentreClient client(Path folder) {
    var config = Config.read(folder, Optional.empty(), List.of());
    var home = new Home(folder);
    return new CentreClient(home, Running.on(home).orElseThrow(), Tokens.local(config, "local"));
  }
}
