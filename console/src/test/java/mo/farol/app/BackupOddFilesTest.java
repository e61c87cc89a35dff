package mo.farol.app;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.centre.Config;
import mo.farol.centre.Farol;
import mo.farol.centre.Home;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups of homes with names beyond ASCII, and with what their user may not read. */
@Timeout(300)
class BackupOddFilesTest {
  // política.yml, as bytes of UTF-8 whatever the locale of this test is
  private static final String NAME = "pol\\303\\255tica.yml";

  @TempDir Path folder;
  private String said = "";

  @BeforeEach
  void open() {
    var settings = new ArrayList<>(FreePorts.SETTINGS);
    settings.addAll(List.of("console.tls=false", "seal.every=100ms", "rules.builtin=false"));
    Farol.open(Config.read(home(), Optional.empty(), settings)).start().close();
  }

  @Test
  void second_names_that_a_killed_backup_left_go_at_the_start_unless_one_is_being_made()
      throws Exception {
    var rooms = List.of(new Home(home()).journal(), new Home(home()).index());
    for (var room : rooms) {
      Files.writeString(Files.createDirectories(Home.links(room)).resolve("x.seg"), "left");
    }
    try (var lock = FileChannel.open(new Home(home()).backupLock(), CREATE, WRITE);
        var _ = lock.lock()) {
      open();
      assertThat(rooms).allMatch(room -> Files.exists(Home.links(room).resolve("x.seg")));
    }
    open();
    assertThat(rooms).noneMatch(room -> Files.exists(Home.links(room)));
  }

  @Test
  void names_beyond_ascii_come_along_where_the_launcher_has_set_the_locale() throws Exception {
    put(home().resolve("notes"));
    put(home().resolve("rules/sigma"));
    assertThat(farol("C.UTF-8", "backup", "--home", home().toString(), "--to", to())).isZero();
    var kept = only().resolve("home");
    assertThat(has(kept.resolve("notes"))).isTrue();
    assertThat(has(kept.resolve("rules/sigma"))).isTrue();
    String other = folder.resolve("other").toString();
    assertThat(farol("C.UTF-8", "restore", "--from", to(), "--home", other)).as(said).isZero();
    assertThat(has(Path.of(other, "rules/sigma"))).isTrue();

    assertThat(farol("C", "restore", "--from", to(), "--home", other + "-2")).isEqualTo(1);
    assertThat(said).contains("set LC_ALL=C.UTF-8").doesNotContain("\tat ");
  }

  @Test
  void a_name_that_can_not_be_read_is_told_and_a_rule_of_such_a_name_is_not_left_out()
      throws Exception {
    put(home().resolve("notes"));
    assertThat(farol("C", "backup", "--home", home().toString(), "--to", to())).as(said).isZero();
    assertThat(said).contains("is no UTF-8, or the locale isn't: it is not in the backup");
    put(home().resolve("rules/sigma"));
    assertThat(farol("C", "backup", "--home", home().toString(), "--to", to())).isEqualTo(1);
    assertThat(said).contains("rename it, or set LC_ALL=C.UTF-8").doesNotContain("\tat ");
  }

  @Test
  void a_folder_that_can_not_be_read_is_told_and_one_of_rules_is_not_left_out() throws Exception {
    closed(home().resolve("notes"));
    assertThat(farol("C.UTF-8", "backup", "--home", home().toString(), "--to", to()))
        .as(said)
        .isZero();
    assertThat(said).contains("the folder notes can't be read and is not in the backup");
    var rules = closed(home().resolve("rules/sigma"));
    assertThat(farol("C.UTF-8", "backup", "--home", home().toString(), "--to", to())).isEqualTo(1);
    assertThat(said).contains("AccessDenied", "rules/sigma").doesNotContain("\tat ");
    try (Stream<Path> all = Files.list(Path.of(to()))) {
      assertThat(all.filter(Files::isDirectory)).hasSize(1);
    }
    Files.setPosixFilePermissions(rules, PosixFilePermissions.fromString("rwx------"));
  }

  private static Path closed(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("in"), "it");
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
  }

  private static void put(Path folder) throws Exception {
    Files.createDirectories(folder);
    assertThat(bash("printf x > \"$1\"/\"$(printf '" + NAME + "')\"", folder)).isZero();
  }

  private static boolean has(Path folder) throws Exception {
    return bash("test -s \"$1\"/\"$(printf '" + NAME + "')\"", folder) == 0;
  }

  private static int bash(String script, Path folder) throws Exception {
    return new ProcessBuilder("bash", "-c", script, "bash", folder.toString()).start().waitFor();
  }

  private Path only() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(to()))) {
      return all.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private Path home() {
    return folder.resolve("home");
  }

  private String to() {
    return folder.resolve("backups").toString();
  }

  // In a process of its own, for its locale; as nobody who may read everything.
  private int farol(String locale, String... words) throws Exception {
    var command = new ArrayList<String>();
    if (Files.isReadable(Path.of("/etc/shadow"))) {
      String rights = "-dac_override,-dac_read_search";
      Assumptions.assumeTrue(
          new ProcessBuilder("setpriv", "--bounding-set", rights, "true").start().waitFor() == 0,
          "SKIPPED: this test, as root, needs setpriv");
      command.addAll(List.of("setpriv", "--bounding-set", rights, "--inh-caps", rights));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1", // it lives for a moment
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "mo.farol.app.Main"));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", locale);
    var process = builder.start();
    said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor();
  }
}
