package mo.farol.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mo.farol.wire.Leaks;
import mo.farol.wire.NodeClients;
import mo.farol.wire.Programs;
import mo.farol.wire.Recorder;
import mo.farol.wire.Rsyslog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that must be fetched first: from npm, and syslog-ng unpacked beside rsyslog. */
@Tag("clients")
@ExtendWith(Leaks.class)
@Timeout(400)
class ClientsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] TEXTS = {"first message", "second, três", "third 三"};

  private final OpenIntake open = new OpenIntake();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    open.close();
  }

  // Over TCP it puts nothing between its messages: of its BSD ones nobody can tell where one ends.
  @ParameterizedTest
  @CsvSource({"tcp4, 5424", "udp4, 5424", "udp4, BSD"})
  void winston_syslog_is_understood(String protocol, String type) throws Exception {
    boolean tcp = protocol.equals("tcp4");
    try (var recorder = new Recorder(open.port("intake.syslog.tcp"))) {
      int port = tcp ? recorder.port() : open.port("intake.syslog.udp");
      NodeClients.run("winston-syslog.js", words("" + port, protocol, type));
      var frames = open.frames(3);
      for (int i = 0; i < 3; i++) {
        assertThat(frames.get(i)).startsWith("<").endsWith(TEXTS[i]);
      }
      if (tcp) {
        GoldenSender.of("syslog.tcp", recorder.seen(), frames)
            .keep("winston-syslog-" + type.toLowerCase(Locale.ROOT));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void gelf_pro_is_understood(String protocol) throws Exception {
    try (var recorder = new Recorder(open.port("intake.gelf"))) {
      int port = protocol.equals("tcp") ? recorder.port() : open.port("intake.gelf");
      NodeClients.run("gelf-pro.js", words("" + port, protocol));
      var frames = open.frames(3);
      for (String frame : frames) {
        assertThat(JSON.readTree(frame).path("short_message").asText()).isIn((Object[]) TEXTS);
      }
      if (protocol.equals("tcp")) {
        GoldenSender.of("gelf", recorder.seen(), frames).keep("gelf-pro");
      }
    }
  }

  @Test
  void pino_socket_is_understood() throws Exception {
    try (var recorder = new Recorder(open.port("intake.syslog.tcp"))) {
      NodeClients.run("pino-socket.js", words("" + recorder.port(), "tcp"));
      var frames = open.frames(3);
      for (int i = 0; i < 3; i++) {
        assertThat(JSON.readTree(frames.get(i)).path("msg").asText()).isEqualTo(TEXTS[i]);
      }
      GoldenSender.of("syslog.tcp", recorder.seen(), frames).keep("pino-socket");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"syslog", "network"})
  void syslog_ng_is_understood(String driver) throws Exception {
    try (var recorder = new Recorder(open.port("intake.syslog.tcp"))) {
      var lines = Rsyslog.lines(20);
      var process = syslogNg(driver + "(\"127.0.0.1\" port(" + recorder.port() + "))", lines);
      try {
        var frames = open.frames(lines.size());
        for (int i = 0; i < lines.size(); i++) {
          assertThat(frames.get(i)).startsWith("<").endsWith(lines.get(i));
        }
        assertThat(open.counter("farol_intake_guessed_total")).isZero();
        GoldenSender.of("syslog.tcp", recorder.seen(), frames).keep("syslog-ng-" + driver);
      } finally {
        Programs.end(process);
      }
    }
  }

  private Process syslogNg(String destination, List<String> lines) throws Exception {
    String place = Optional.ofNullable(System.getenv("FAROL_SYSLOG_NG")).orElse("");
    var program = Path.of(place, "usr", "sbin", "syslog-ng");
    assumeTrue(
        !place.isEmpty() && Files.isExecutable(program),
        "SKIPPED: FAROL_SYSLOG_NG names no folder with an unpacked syslog-ng; see .ci/run");
    Files.write(folder.resolve("app.log"), lines);
    var conf = folder.resolve("syslog-ng.conf");
    Files.writeString(
        conf,
        """
        @version: 3.38
        source s { file("%s/app.log" flags(no-parse) follow-freq(1)); };
        destination d { %s; };
        log { source(s); destination(d); };
        """
            .formatted(folder, destination));
    var libraries = Path.of(place, "usr", "lib");
    var builder =
        new ProcessBuilder(
                program.toString(),
                "-F",
                "--no-caps",
                "-f",
                conf.toString(),
                "-R",
                folder.resolve("persist").toString(),
                "-c",
                folder.resolve("ctl").toString(),
                "--pidfile",
                folder.resolve("pid").toString(),
                "--module-path",
                libraries.resolve("syslog-ng/3.38").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("syslog-ng.out").toFile());
    builder.environment().put("LD_LIBRARY_PATH", paths(libraries, Path.of(place, "lib")));
    return builder.start();
  }

  private static String paths(Path libraries, Path more) throws IOException {
    var all = new StringBuilder(libraries.resolve("syslog-ng").toString());
    for (Path place : List.of(libraries, more)) {
      try (var machines = Files.newDirectoryStream(place, "*-linux-gnu*")) {
        machines.forEach(machine -> all.append(':').append(machine));
      } catch (NoSuchFileException e) {
        // this package has none there
      }
    }
    return all.toString();
  }

  private static String[] words(String... first) {
    var words = new ArrayList<>(List.of(first));
    words.addAll(List.of(TEXTS));
    return words.toArray(String[]::new);
  }
}
