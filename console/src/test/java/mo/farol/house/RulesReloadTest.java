package mo.farol.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import mo.farol.centre.Farol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules change while a whole centre runs. */
class RulesReloadTest {
  private static final String RULE =
      """
      title: Strange door
      id: 33333333-0000-4000-8000-000000000001
      logsource: {product: linux, service: sshd}
      detection:
        sel:
          message|contains: WORD
        condition: sel
      level: high
      """;

  @TempDir private Path home;

  @Test
  void a_rule_put_into_the_folder_is_in_force_soon_and_a_slip_in_it_loses_nothing()
      throws Exception {
    var file = Files.createDirectories(home.resolve("rules/sigma")).resolve("door.yml");
    try (var house = House.open(home)) {
      assertThat(alerts(house)).isEmpty();
      Files.writeString(file, RULE.replace("WORD", "open sesame"));
      await().atMost(Duration.ofSeconds(30)).until(() -> rules(house).contains("Strange door"));
      send(house, "open sesame");
      await().atMost(Duration.ofSeconds(30)).until(() -> alerts(house).size() == 1);

      Files.writeString(file, RULE.replace("condition: sel", "condition: sell"));
      await().atMost(Duration.ofSeconds(30)).until(() -> refused(house).size() == 1);
      assertThat(refused(house))
          .singleElement()
          .asString()
          .contains("sigma/door.yml:7:", "sell", "the text of before stays in force");
      assertThat(rules(house)).contains("Strange door");
    }
    try (var house = House.open(home)) { // the slip is still there
      assertThat(rules(house)).contains("Strange door");
      assertThat(refused(house)).hasSize(1);
      Files.writeString(file, RULE.replace("WORD", "nothing"));
      assertThat(house.farol().rules().rules().reload().refused()).isEmpty();
      Files.delete(file);
      await().atMost(Duration.ofSeconds(30)).until(() -> !rules(house).contains("Strange door"));
      var editions = house.farol().rules().editions();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> editions.of("33333333-0000-4000-8000-000000000001"),
              all -> all.size() == 2 && all.stream().noneMatch(e -> e.isInForce()));
      assertThat(house.farol().rules().deeds("33333333-0000-4000-8000-000000000001"))
          .extracting(deed -> deed.what())
          .containsExactly("rule.in-force", "rule.changed", "rule.gone");
    }
  }

  private static void send(House house, String text) throws IOException {
    house.syslog(
        "intake.syslog.tcp", List.of("<13>1 2026-11-26T10:00:00Z web-01 sshd 1 - - " + text));
  }

  private static List<String> rules(House house) {
    return rules(house.farol());
  }

  private static List<String> rules(Farol farol) {
    return farol.rules().rules().now().rules().book().rules().stream()
        .map(rule -> rule.ref().title())
        .toList();
  }

  private static List<Object> refused(House house) {
    return List.copyOf(house.farol().rules().rules().now().refused());
  }

  private static List<String> alerts(House house) throws IOException, InterruptedException {
    return house
        .get("/alerts")
        .path("items")
        .valueStream()
        .map(a -> a.path("id").asText())
        .toList();
  }
}
