package mo.farol.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Decision rules that change while the centre runs. */
@Timeout(120)
class DecisionsReloadTest {
  private static final String OURS =
      """
      package decide.ours;
      import mo.farol.alert.DetectionFact;
      global mo.farol.alert.Desk desk;
      rule "ours"
      when
        $seen : DetectionFact(atLeast("high"))
      then
        desk.alert(drools).title("Ours: " + $seen.host()).group($seen.host()).because($seen).raise();
      end
      """;

  @TempDir Path home;

  private static String account(String host) {
    return "<86>1 %s %s useradd 5110 - - new user: name=s, UID=0, GID=0, home=/root, shell=/bin/sh"
        .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS), host);
  }

  private static List<String> titles(House house) throws Exception {
    var titles = new ArrayList<String>();
    house.get("/alerts?limit=50").path("items").forEach(a -> titles.add(a.path("title").asText()));
    return titles;
  }

  private static void said(House house, String what) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> house.get("/decisions").toString().contains(what));
  }

  @Test
  void a_file_that_comes_holds_at_once_and_one_that_breaks_leaves_what_held() throws Exception {
    Path file = Files.createDirectories(home.resolve("rules/alert")).resolve("ours.drl");
    try (var house = House.open(home)) {
      house.syslog("intake.syslog.tcp", List.of(account("before-1")));
      await().atMost(Duration.ofSeconds(30)).until(() -> house.isSettled(1));
      Files.writeString(file, OURS);
      said(house, "\"ours\"");
      house.syslog("intake.syslog.tcp", List.of(account("after-1")));
      await().atMost(Duration.ofSeconds(30)).until(() -> house.isSettled(2));
      assertThat(titles(house)).contains("Ours: after-1").doesNotContain("Ours: before-1");

      Files.writeString(file, OURS.replace("$seen.host()", "System.getenv()"));
      said(house, "ours.drl");
      house.syslog("intake.syslog.tcp", List.of(account("broken-1")));
      await().atMost(Duration.ofSeconds(30)).until(() -> house.isSettled(3));
      assertThat(titles(house)).contains("Ours: broken-1");
    }
  }
}
