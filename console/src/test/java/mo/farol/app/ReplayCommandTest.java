package mo.farol.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.centre.Config;
import mo.farol.centre.Farol;
import mo.farol.event.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code farol replay}: the journal and the rules give the alerts that the ledger has. */
class ReplayCommandTest {
  private static final String RULE =
      """
      title: Strange door
      id: 33333333-0000-4000-8000-000000000004
      logsource: {product: linux, service: sshd}
      detection:
        sel: {message|contains: open sesame}
        condition: sel
      level: high
      """;

  @TempDir private Path folder;

  private record Said(int status, List<String> out, String err) {}

  @Test
  void beside_a_running_centre_and_after_its_end_the_ids_are_the_same() throws Exception {
    var home = folder.resolve("home");
    var rule = Files.createDirectories(home.resolve("rules/sigma")).resolve("door.yml");
    Files.writeString(rule, RULE);
    try (var farol = Farol.open(config(home)).start()) {
      send(farol, Files.readString(Path.of("../rules/book/ssh-password-guessing/events.log")));
      send(farol, "<13>1 2026-11-26T10:00:00Z web-01 sshd 1 - - open sesame\n");
      await().atMost(Duration.ofSeconds(60)).until(() -> farol.alertsOfLane("") >= 2);
      await().atMost(Duration.ofSeconds(60)).until(() -> isSealed(home));
      var said = replay(home);
      assertThat(said.err())
          .contains("proven", "0 differ, 0 missing", "0 new", "bear out the ledger")
          .doesNotContain("NOT");
      assertThat(said.status()).isZero();
      assertThat(said.out()).hasSizeGreaterThanOrEqualTo(2).anyMatch(a -> a.contains("Strange"));
    }
    var after = replay(home);
    assertThat(after.status()).as(after.err()).isZero();

    Files.writeString(rule, RULE.replace("# ", "").replace("title: Strange", "title: Odd"));
    assertThat(replay(home).status()).as("a title means nothing").isZero();
    Files.writeString(rule, RULE.replace("level: high", "level: critical"));
    var changed = replay(home);
    assertThat(changed.status()).as(changed.err()).isEqualTo(1);
    assertThat(changed.err())
        .contains("0 differ, 0 missing, 1 not replayed", "1 new")
        .contains("its rule was in force as version ", "NOT the same");

    var later = replay(home, "--from", "2199-01-01T00:00:00Z");
    assertThat(later.out()).isEmpty();
    assertThat(later.status()).isZero();
    assertThat(replay(home, "--from", "soon").status()).isEqualTo(2);
  }

  @Test
  void rules_of_another_folder_tell_what_they_would_have_found() throws Exception {
    var home = folder.resolve("home");
    try (var farol = Farol.open(config(home)).start()) {
      send(farol, "<13>1 2026-11-26T10:00:00Z web-01 sshd 1 - - open sesame\n");
      await().atMost(Duration.ofSeconds(60)).until(() -> farol.status().detected() == 1);
    }
    var own = Files.createDirectories(folder.resolve("own"));
    Files.writeString(own.resolve("door.yml"), RULE);
    var said = replay(home, "--rules", own.toString());
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err()).contains("0 missing", "1 new");
    assertThat(said.out()).singleElement().asString().contains("Strange door");
  }

  @Test
  void what_was_seen_of_an_indicator_is_told_again_though_its_list_is_gone() throws Exception {
    var home = folder.resolve("home");
    var lists = Files.createDirectories(home.resolve("rules/indicators"));
    Files.writeString(lists.resolve("first.txt"), "evil.test\n");
    var sources = lists.resolve("sources.yml");
    Files.writeString(
        sources, "sources:\n  - {file: first.txt, format: list, confidence: 90, tlp: green}\n");
    try (var farol = Farol.open(config(home)).start()) {
      send(
          farol,
          "<13>1 2026-11-26T10:00:00Z ws-7 dnsmasq 1 - - query[A] www.evil.test from 192.0.2.7\n");
      await().atMost(Duration.ofSeconds(60)).until(() -> farol.alertsOfLane("") >= 1);
      await().atMost(Duration.ofSeconds(60)).until(() -> isSealed(home));
    }
    Files.delete(sources);
    Files.delete(lists.resolve("first.txt"));
    var said = replay(home);
    assertThat(said.err())
        .contains("0 differ, 0 missing, 0 not replayed", "0 new")
        .contains("same ", "Known threat seen: evil.test on ws-7")
        .contains("by the indicator as the alert tells it");
    assertThat(said.status()).as(said.err()).isZero();
    assertThat(said.out()).anyMatch(line -> line.contains("evil.test"));
  }

  @Test
  void an_alert_whose_events_are_not_there_is_missing_and_one_that_counts_otherwise_differs()
      throws Exception {
    var home = folder.resolve("home");
    var rule = Files.createDirectories(home.resolve("rules/sigma")).resolve("door.yml");
    Files.writeString(rule, RULE);
    try (var farol = Farol.open(config(home)).start()) {
      send(farol, "<13>1 2026-11-26T10:00:00Z web-01 sshd 1 - - open sesame\n");
      await().atMost(Duration.ofSeconds(60)).until(() -> farol.alertsOfLane("") == 1);
      await().atMost(Duration.ofSeconds(60)).until(() -> isSealed(home));
    }
    change(home, "\"count\":1", "\"count\":7");
    var said = replay(home);
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err()).contains("1 differ", "count 7, told anew 1");
    change(home, "\"events\":[0]", "\"events\":[0,1]");
    assertThat(replay(home).status()).isEqualTo(1);
  }

  private static void change(Path home, String what, String to) throws Exception {
    try (var db = java.sql.DriverManager.getConnection("jdbc:sqlite:" + home.resolve("ledger.db"));
        var statement = db.prepareStatement("update alert set body = replace(body, ?, ?)")) {
      statement.setString(1, what);
      statement.setString(2, to);
      assertThat(statement.executeUpdate()).isPositive();
    }
  }

  @Test
  void a_labelled_day_that_was_imported_gives_every_alert_again() throws Exception {
    var day = SharedData.find("scenarios/ssh-bruteforce");
    Assumptions.assumeTrue(day.isPresent(), "the shared data is not here");
    var home = folder.resolve("home");
    assertThat(
            Main.run(
                "import",
                "--home",
                home.toString(),
                "--agency",
                "agency-a",
                "--year",
                "2025",
                Day.of(day.orElseThrow()).lines()))
        .isZero();
    var said = replay(home);
    assertThat(said.err()).contains("0 differ, 0 missing", "0 new");
    assertThat(said.out()).isNotEmpty();
  }

  private static boolean isSealed(Path home) throws IOException {
    var heads = home.resolve("seal/heads.jsonl");
    return Files.exists(heads) && Files.size(heads) > 0;
  }

  private static Said replay(Path home, String... more) {
    var out = System.out;
    var err = System.err;
    var said = new ByteArrayOutputStream();
    var told = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      var words =
          Stream.concat(Stream.of("replay", "--home", home.toString()), Arrays.stream(more));
      int status = Main.run(words.toArray(String[]::new));
      return new Said(
          status,
          said.toString(StandardCharsets.UTF_8).lines().filter(l -> l.startsWith("{")).toList(),
          told.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private static void send(Farol farol, String lines) throws IOException {
    var to = farol.listener("intake.syslog.tcp");
    try (var socket = new Socket(to.getAddress(), to.getPort())) {
      socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Config config(Path home) {
    var settings = new ArrayList<>(FreePorts.SETTINGS);
    settings.add("seal.every=1s");
    return Config.read(home, Optional.empty(), settings);
  }
}
