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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mo.farol.centre.Config;
import mo.farol.centre.Farol;
import mo.farol.centre.Folders;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code farol backup} and {@code farol restore}, as an operator types them. */
@Timeout(300)
class BackupCommandTest {
  private static final int LINES = 400;

  @TempDir Path folder;
  private String out = "";
  private String err = "";

  @BeforeEach
  void fill() throws IOException {
    try (var farol = Farol.open(config()).start()) {
      var to = farol.listener("intake.syslog.tcp");
      try (var socket = new Socket(to.getAddress(), to.getPort())) {
        for (int i = 0; i < LINES; i++) {
          String line = "<13>1 2026-11-25T20:00:00Z pier app - - - line " + i + "\n";
          socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
        }
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> farol.status().indexed() == LINES);
    }
  }

  @Test
  void a_backup_is_checked_restored_and_named_by_its_folder_or_by_the_one_around_it()
      throws IOException {
    assertThat(farol("backup", "--home", home(), "--to", to())).isZero();
    assertThat(out).contains("400 events, 400 of them under a signed head");
    assertThat(err.lines())
        .containsExactly(to() + " is on the same disk as the home, and would go with it");
    assertThat(farol("backup", "--home", home(), "--to", to(), "--incremental")).isZero();
    assertThat(backups()).hasSize(2);

    assertThat(farol("backup", "--check", to())).isZero();
    assertThat(out).contains("events 0 to 399 are as they were received").endsWith("proven");
    assertThat(farol("restore", "--from", to(), "--check")).isZero();
    assertThat(farol("restore", "--from", backups().getFirst().toString(), "--home", other()))
        .isZero();
    assertThat(out).endsWith("restored");
    assertThat(err).contains("ends before event 400");
    assertThat(farol("verify", "--home", other())).isZero();
    try (var farol = Farol.open(Config.read(Path.of(other()), Optional.empty(), settings()))) {
      farol.startInside();
      await().atMost(Duration.ofSeconds(60)).until(() -> farol.status().indexed() == LINES);
      assertThat(farol.eventsOf("line")).isEqualTo(LINES);
    }
  }

  @Test
  void a_restore_names_the_file_that_was_changed_dropped_or_put_in_and_lets_nothing_run_on_it()
      throws IOException {
    for (String ending : List.of(".seg", "ledger.db", ".si", "level-0", "heads.jsonl", "ca.key")) {
      assertThat(farol("backup", "--home", home(), "--to", to())).isZero();
      var changed = file(newest(), ending);
      flip(changed);
      String name = newest().resolve("home").relativize(changed).toString();

      assertThat(farol("restore", "--from", to(), "--home", other())).as(name).isEqualTo(1);
      assertThat(out).contains("WRONG: " + name + " was changed").endsWith("NOT restored");
      assertThat(farol("backup", "--check", to())).as(name).isEqualTo(1);
      assertThat(out).contains("WRONG: " + name + " was changed").endsWith("NOT proven");
      assertThat(farol("run", "--home", other())).isEqualTo(2);
      assertThat(err).contains("did not end well");
      Folders.delete(Path.of(other()));
      Folders.delete(Path.of(to()));
    }
    assertThat(farol("backup", "--home", home(), "--to", to())).isZero();
    var dropped = file(newest(), ".seg");
    Files.delete(dropped);
    Files.writeString(newest().resolve("home/rules.yml"), "put in");
    assertThat(farol("backup", "--check", to())).isEqualTo(1);
    assertThat(out)
        .contains(dropped.getFileName() + " is not there")
        .contains("rules.yml was put in");
    var manifest = newest().resolve("manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"next\" : 400", "\"next\" : 9"));
    assertThat(farol("restore", "--from", to(), "--home", other())).isEqualTo(1);
    assertThat(out).contains("manifest.json was changed, or is not signed by");
  }

  @Test
  void wrong_usage_is_told_in_one_line() throws IOException {
    assertThat(farol("backup", "--home", home())).isEqualTo(2);
    assertThat(farol("backup", "--home", other(), "--to", to())).isEqualTo(2);
    assertThat(err).contains("there is no home in");
    assertThat(farol("backup", "--home", home(), "--to", home() + "/inside")).isEqualTo(2);
    assertThat(Path.of(home(), "inside")).doesNotExist();
    Files.writeString(folder.resolve("file"), "no folder");
    assertThat(farol("backup", "--home", home(), "--to", folder.resolve("file").toString()))
        .isEqualTo(1);
    assertThat(err).contains("cannot write to").doesNotContain("\tat ");
    assertThat(Files.readString(Path.of(home(), "backup.json"))).contains("cannot write to");
    assertThat(farol("backup", "--check", to())).isEqualTo(2);
    Files.createDirectories(Path.of(to()));
    assertThat(farol("backup", "--check", to())).isEqualTo(1);
    assertThat(farol("backup", "--check", to(), "--incremental")).isEqualTo(2);
    assertThat(farol("backup", "--home", home(), "--to", to())).isZero();
    assertThat(farol("restore", "--from", to(), "--home", home())).isEqualTo(2);
    assertThat(err).contains("is not empty");
    assertThat(farol("restore", "--home", other())).isEqualTo(2);
    assertThat(farol("restore", "--from", to(), "--check", "--key", "nonsense")).isEqualTo(2);
    farol("seal", "witness-key", "--name", "x", "--out", folder.resolve("x.key").toString());
    assertThat(farol("restore", "--from", to(), "--check", "--key", out)).isEqualTo(1);
    assertThat(out).contains("WRONG: manifest.json was changed, or is not signed by x ");
  }

  @Test
  void without_keys_there_are_none_and_it_is_proven_all_the_same() throws IOException {
    assertThat(farol("backup", "--home", home(), "--to", to(), "--without-keys")).isZero();
    assertThat(newest().resolve("home/keys")).doesNotExist();
    assertThat(farol("restore", "--from", to(), "--home", other())).isZero();
    assertThat(err).contains("it came without keys");
    assertThat(farol("run", "--home", other())).isEqualTo(2);
    assertThat(err).contains("that signed the heads is not there");
  }

  @Test
  void a_backup_that_is_killed_is_told_from_a_whole_one_and_the_next_clears_it_away()
      throws Exception {
    int broken = 0;
    for (int i = 0; i < 12 && broken < 3; i++) {
      int had = backups().size();
      var process = start("backup", "--home", home(), "--to", to());
      waitFor(process, had);
      process.destroyForcibly().waitFor();
      var partial = folders(name -> name.endsWith(".partial"));
      if (!partial.isEmpty()) {
        broken++;
        assertThat(farol("restore", "--from", partial.getFirst().toString(), "--home", other()))
            .isEqualTo(1);
        assertThat(err).contains("is not whole");
      }
    }
    assertThat(broken).as("backups broken off").isPositive();
    assertThat(farol("backup", "--home", home(), "--to", to())).isZero();
    assertThat(folders(name -> name.endsWith(".partial"))).isEmpty();
    assertThat(Path.of(home(), "journal/.backup")).doesNotExist();
    assertThat(farol("backup", "--check", to())).isZero();
    assertThat(farol("verify", "--home", home())).isZero();
  }

  // Until it has begun to write, and then a moment.
  private void waitFor(Process process, int had) throws Exception {
    while (process.isAlive()
        && folders(name -> name.endsWith(".partial")).isEmpty()
        && backups().size() == had) {
      Thread.sleep(1);
    }
  }

  @Test
  void a_full_disk_is_told_and_leaves_no_half_backup() throws Exception {
    var small = Files.createDirectories(folder.resolve("small"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString()) == 0,
        "SKIPPED: this test needs the right to mount a tmpfs");
    try {
      Files.write(Path.of(home(), "ballast"), new byte[1 << 20]);
      assertThat(farol("backup", "--home", home(), "--to", small.toString())).isEqualTo(1);
      assertThat(err).contains("was not made", "has room").doesNotContain("\tat ");
      try (Stream<Path> left = Files.list(small)) {
        assertThat(left.filter(Files::isDirectory)).isEmpty();
      }
      assertThat(Files.readString(Path.of(home(), "backup.json"))).contains("failed");
    } finally {
      run("umount", "-l", small.toString());
    }
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private static Path file(Path backup, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(backup.resolve("home"))) {
      return all.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
    }
  }

  private Path newest() throws IOException {
    return backups().getLast();
  }

  private List<Path> backups() throws IOException {
    return folders(name -> !name.endsWith(".partial"));
  }

  private List<Path> folders(Predicate<String> named) throws IOException {
    if (!Files.exists(Path.of(to()))) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(Path.of(to()))) {
      return all.filter(Files::isDirectory)
          .filter(each -> named.test(each.getFileName().toString()))
          .sorted()
          .toList();
    }
  }

  private String home() {
    return folder.resolve("home").toString();
  }

  private String to() {
    return folder.resolve("backups").toString();
  }

  private String other() {
    return folder.resolve("other").toString();
  }

  private Config config() {
    return Config.read(Path.of(home()), Optional.empty(), settings());
  }

  private static List<String> settings() {
    var settings = new ArrayList<>(FreePorts.SETTINGS);
    settings.addAll(
        List.of(
            "console.tls=false",
            "seal.every=100ms",
            "journal.segment=4KiB",
            "rules.builtin=false"));
    return settings;
  }

  private int farol(String... words) {
    var before = System.out;
    var beforeErr = System.err;
    var said = new ByteArrayOutputStream();
    var told = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      return Main.run(words);
    } finally {
      System.setOut(before);
      System.setErr(beforeErr);
      out = said.toString(StandardCharsets.UTF_8).strip();
      err = told.toString(StandardCharsets.UTF_8).strip();
    }
  }

  private static Process start(String... words) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1", // it lives for a moment
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "mo.farol.app.Main"));
    command.addAll(List.of(words));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static int run(String... command) throws InterruptedException {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException e) {
      return -1; // no such program here
    }
  }
}
