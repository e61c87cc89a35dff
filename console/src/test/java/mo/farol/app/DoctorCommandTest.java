package mo.farol.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.centre.Config;
import mo.farol.centre.Farol;
import mo.farol.centre.Home;
import mo.farol.centre.Usage;
import mo.farol.doctor.Doctor;
import mo.farol.doctor.Remark;
import mo.farol.doctor.Remark.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code farol doctor}: what is wrong with a home, and that nothing is where nothing is. */
@Timeout(300)
class DoctorCommandTest {
  private static final int LINES = 20;

  @TempDir Path folder;

  @Test
  void a_home_that_is_not_there_yet_and_one_that_was_stopped_have_nothing_that_fails()
      throws IOException {
    assertThat(fails(look())).isEmpty();
    assertThat(said(look(), "home")).contains("there is none in");
    assertThat(folder).isEmptyDirectory();

    fill();
    var remarks = look();
    assertThat(fails(remarks)).isEmpty();
    assertThat(said(remarks, "journal")).isEqualTo("ends before event 20");
    assertThat(said(remarks, "seal")).startsWith("20 events are under the head of");
    assertThat(said(remarks, "index")).contains("0 events of the journal are to come");
    assertThat(said(remarks, "rights")).startsWith("nobody but its owner");
    assertThat(said(remarks, "backup")).startsWith("none was made");
    assertThat(home().resolve("doctor.new")).doesNotExist();
  }

  @Test
  void it_prints_a_line_each_and_its_status_says_whether_one_fails() throws IOException {
    fill();
    var out = new ArrayList<String>();
    String[] words = {"doctor", "--home", home().toString(), "--set", "console.port=0"};
    List<String> all = new ArrayList<>(List.of(words));
    FreePorts.SETTINGS.forEach(set -> all.addAll(List.of("--set", set)));
    assertThat(run(out, all)).isZero();
    assertThat(out).allMatch(line -> line.matches("(OK  |WARN) [a-z ]{13} .+"));

    out.clear();
    all.addAll(List.of("--set", "journal.reserve=lots", "--set", "seal.every=soon"));
    assertThat(run(out, all)).isEqualTo(1);
    assertThat(out)
        .anyMatch(l -> l.startsWith("FAIL configuration journal.reserve takes a size such as"))
        .anyMatch(l -> l.startsWith("FAIL configuration seal.every takes a time such as"));
    out.clear();
    assertThat(run(out, List.of("doctor", "--home", home().toString(), "--set", "bond=x")))
        .isEqualTo(1);
    assertThat(out).anyMatch(l -> l.contains("unknown configuration key 'bond'"));
    assertThat(run(out, List.of("doctor", "--nonsense"))).isEqualTo(2);
  }

  @Test
  void a_port_that_is_taken_is_told_with_who_has_it() throws IOException {
    var here = InetAddress.getLoopbackAddress();
    try (var tcp = new ServerSocket(0, 1, here);
        var udp = new DatagramSocket(0, here);
        var own = new DatagramSocket(0, here)) {
      var remarks =
          look(
              "intake.relp=" + tcp.getLocalPort(),
              "intake.syslog.udp=" + udp.getLocalPort(),
              "intake.pinned=finance=udp:" + own.getLocalPort());
      String mine = "(process " + ProcessHandle.current().pid() + ")";
      assertThat(fails(remarks)).hasSize(3).allMatch(said -> said.contains(mine));
      assertThat(fails(remarks).getFirst()).contains("intake.syslog.udp=" + udp.getLocalPort());
    }
    assertThat(fails(look("bind=203.0.113.7")).getFirst()).contains("nothing can listen on bind");
  }

  @Test
  void two_keys_that_want_one_port_are_told_with_it_and_a_start_says_the_same() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String clash =
        "intake.syslog.tcp and intake.http want the same port %d TCP: give each a port of its own,"
            + " 0 for any free one";
    String[] sets = {
      "intake.syslog.tcp=" + port, "intake.http=" + port, "intake.syslog.udp=" + port
    };
    assertThat(fails(look(sets))).containsExactly(clash.formatted(port));
    assertThatThrownBy(() -> Farol.open(config(sets)))
        .isInstanceOf(Usage.class)
        .hasMessage(clash.formatted(port));
    assertThat(fails(look("intake.relp=" + port, "intake.syslog.udp=" + port))).isEmpty();
    assertThat(fails(look("intake.gelf=" + port, "intake.pinned=finance=udp:" + port)))
        .singleElement()
        .asString()
        .contains("intake.gelf and intake.syslog.udp.finance", port + " UDP");
  }

  @Test
  void a_running_centre_has_its_own_ports() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (var _ = Farol.open(config("intake.relp=" + port)).start()) {
      var remarks = look("intake.relp=" + port);
      assertThat(fails(remarks)).isEmpty();
      assertThat(remarks)
          .anyMatch(
              r -> r.said().equals("intake.relp=%d TCP is the running centre's".formatted(port)));
      assertThat(said(remarks, "home")).endsWith("a centre runs on it");
    }
  }

  @Test
  void what_others_may_read_what_ended_and_what_was_not_finished_is_told() throws IOException {
    fill();
    var key = home().resolve("keys/seal.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    Files.createFile(new Home(home()).unfinished());
    Files.createDirectories(home().resolve("index/2026-11-20.broken-1"));
    Files.createDirectories(home().resolve("journal/quarantine"));
    Files.writeString(home().resolve("journal/quarantine/piece"), "set aside");
    var remarks = look();
    assertThat(fails(remarks))
        .anyMatch(said -> said.startsWith("others may read " + key))
        .anyMatch(said -> said.contains("did not end well"));
    assertThat(said(remarks, "index")).contains("1 can't be read or were set aside");
    assertThat(said(remarks, "journal")).contains("1 pieces were set aside as damaged");

    var later =
        Doctor.look(
            home(),
            Optional.empty(),
            settings(),
            () -> Instant.now().plus(Duration.ofDays(20_000)));
    assertThat(later)
        .anyMatch(r -> r.level() == Level.FAIL && r.said().startsWith("console.pem ended"));
    var before = Doctor.look(home(), Optional.empty(), settings(), () -> Instant.EPOCH);
    assertThat(fails(before)).anyMatch(said -> said.contains("behind the newest signed head"));
  }

  @Test
  void a_journal_that_ends_before_its_head_and_heads_of_another_key_are_told() throws IOException {
    fill();
    var key = home().resolve("keys/seal.key");
    byte[] kept = Files.readAllBytes(key);
    Files.delete(key);
    assertThat(fails(look())).anyMatch(said -> said.contains("seal.key is not there"));
    Files.write(key, kept);
    try (Stream<Path> files = Files.list(home().resolve("journal"))) {
      for (var segment : files.filter(f -> f.toString().endsWith(".seg")).toList()) {
        Files.delete(segment);
      }
    }
    assertThat(fails(look()))
        .anyMatch(said -> said.startsWith("20 events are sealed and the journal ends before"))
        .anyMatch(said -> said.startsWith("knows events before 20 and the journal ends before"));
  }

  private void fill() throws IOException {
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

  private static List<String> fails(List<Remark> remarks) {
    return remarks.stream()
        .filter(r -> r.level() == Level.FAIL)
        .filter(r -> !r.about().equals("disk speed")) // whatever else this machine does
        .map(Remark::said)
        .toList();
  }

  private static String said(List<Remark> remarks, String about) {
    return remarks.stream().filter(r -> r.about().equals(about)).findFirst().orElseThrow().said();
  }

  private List<Remark> look(String... more) {
    var sets = new ArrayList<>(settings());
    sets.addAll(List.of(more));
    return Doctor.look(home(), Optional.empty(), sets, InstantSource.system());
  }

  private Config config(String... more) {
    var sets = new ArrayList<>(settings());
    sets.addAll(List.of(more));
    return Config.read(home(), Optional.empty(), sets);
  }

  private static List<String> settings() {
    var settings = new ArrayList<>(FreePorts.SETTINGS);
    settings.addAll(List.of("seal.every=100ms", "rules.builtin=false", "journal.reserve=1MiB"));
    return settings;
  }

  private Path home() {
    return folder.resolve("home");
  }

  private static int run(List<String> lines, List<String> words) {
    var before = System.out;
    var said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      return Main.run(words.toArray(String[]::new));
    } finally {
      System.setOut(before);
      said.toString(StandardCharsets.UTF_8).lines().forEach(lines::add);
    }
  }
}
