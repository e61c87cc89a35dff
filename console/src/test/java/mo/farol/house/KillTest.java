package mo.farol.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import mo.farol.account.Tokens;
import mo.farol.event.Agency;
import mo.farol.event.Scope;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A centre in a process of its own, killed with SIGKILL while it takes events: nothing acknowledged
 * is lost, nothing is double.
 */
class KillTest {
  @TempDir private Path home;

  @Test
  void what_was_acknowledged_is_found_exactly_once_after_kill_nine() throws Exception {
    kill(1, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // it lives for a moment
  }

  @Test
  @Tag("slow")
  void what_was_acknowledged_is_found_exactly_once_after_five_kills() throws Exception {
    kill(5, List.of("-XX:+UseParallelGC")); // as the launcher does
  }

  private void kill(int rounds, List<String> flags) throws Exception {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    String token = ingestToken(home);
    Set<String> acknowledged = new HashSet<>();
    for (int round = 0; round < rounds; round++) {
      var process = start(home, flags);
      send(process, token, round, 400 + random.nextInt(1_200), acknowledged);
    }
    assertThat(acknowledged).isNotEmpty();
    try (var house = House.open(home)) {
      await().atMost(Duration.ofSeconds(60)).until(() -> house.isSettled(acknowledged.size()));
      var found = found(house);
      assertThat(found).as("doubled events").doesNotHaveDuplicates();
      assertThat(found).containsAll(acknowledged);
    }
  }

  private static String ingestToken(Path home) {
    try (var ledger = Ledger.openSqlite(home.resolve("ledger.db"))) {
      var clock = java.time.InstantSource.system();
      var deeds = new Deeds(ledger, clock);
      new mo.farol.account.Agencies(ledger, deeds, clock).add(new Agency("agency-a", "A"));
      assertThat(new mo.farol.account.Agencies(ledger, deeds, clock).all(Scope.national()))
          .hasSize(1);
      return new Tokens(ledger, deeds, clock).ingest("agency-a", "test", "test");
    }
  }

  private static void send(
      Process process, String token, int round, int millis, Set<String> acknowledged)
      throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://" + listener(process, "intake.http") + "/v1/events");
      long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
      for (int i = 0; System.nanoTime() < end && i < 5_000; i++) {
        var names = new ArrayList<String>();
        var body = new StringBuilder();
        for (int k = 0; k < 5; k++) {
          String name = "r%dn%dk%d".formatted(round, i, k);
          names.add(name);
          body.append("{\"message\":\"numbered ").append(name).append("\"}\n");
        }
        var request =
            HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          acknowledged.addAll(names);
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static Process start(Path home, List<String> flags) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "mo.farol.app.Main",
                "run",
                "--home",
                home.toString()));
    command.addAll(1, flags);
    for (String set : House.anyPorts()) {
      command.add("--set");
      command.add(set);
    }
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String listener(Process process, String key) throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String ready = Optional.ofNullable(lines.readLine()).orElse("");
    for (String word : ready.split(" ", -1)) {
      if (word.startsWith(key + "=")) {
        return word.substring(key.length() + 1);
      }
    }
    throw new IOException("the centre did not start: " + ready);
  }

  private static List<String> found(House house) throws Exception {
    var names = new ArrayList<String>();
    String cursor = "";
    do {
      var page =
          house.get(
              "/events?limit=1000&q=numbered" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      page.path("items")
          .forEach(e -> names.add(e.path("message").asText().replace("numbered ", "")));
      cursor = page.path("next").asText("");
      if (page.path("next").isNull()) {
        cursor = "";
      }
    } while (!cursor.isEmpty());
    return names;
  }
}
