package mo.farol.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mo.farol.wire.Leaks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that nobody here wrote: {@code logger} of util-linux, {@code rsyslogd} of Debian. */
@ExtendWith(Leaks.class)
@Timeout(60)
class RealSendersTest {
  private static final int LINES = 2000;

  private final OpenIntake open = new OpenIntake();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    open.close();
  }

  @ParameterizedTest
  @CsvSource({
    "intake.syslog.udp, -d --rfc3164",
    "intake.syslog.udp, -d --rfc5424",
    "intake.syslog.tcp, -T --rfc3164",
    "intake.syslog.tcp, -T --rfc5424",
    "intake.syslog.tcp, -T --rfc3164 --octet-count",
    "intake.syslog.tcp, -T --rfc5424 --octet-count"
  })
  void logger_is_understood(String key, String options) throws Exception {
    logger(key, options, "one", "two with <14>1 2026-11-24T10:00:00Z in it", "três");
    var frames = open.frames(3);
    String tag = options.contains("5424") ? "farol-test - - " : "farol-test: ";
    assertThat(frames).hasSize(3).allMatch(f -> f.startsWith("<86>"));
    assertThat(frames.get(0)).contains(tag).endsWith(" one");
    assertThat(frames.get(1)).endsWith(" two with <14>1 2026-11-24T10:00:00Z in it");
    assertThat(frames.get(2)).endsWith(" três");
    assertThat(open.batches()).allMatch(b -> b.marks(0) == 0);
    assertThat(open.batches()).allMatch(b -> b.origin().peer().equals("127.0.0.1"));
  }

  @Test
  void loggers_of_both_framings_share_the_port() throws Exception {
    logger("intake.syslog.tcp", "-T --rfc5424", "lines");
    logger("intake.syslog.tcp", "-T --rfc5424 --octet-count", "counted");
    assertThat(open.frames(2))
        .allMatch(f -> f.startsWith("<86>1 "))
        .anyMatch(f -> f.endsWith(" lines"))
        .anyMatch(f -> f.endsWith(" counted"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "TCP_Framing=\"octet-counted\"",
        "template=\"RSYSLOG_SyslogProtocol23Format\"",
        "template=\"RSYSLOG_SyslogProtocol23Format\" TCP_Framing=\"octet-counted\""
      })
  void rsyslog_forwarding_a_file_over_tcp_loses_and_bends_nothing(String options) throws Exception {
    var lines = IntStream.range(0, LINES).mapToObj(i -> "line " + i + " of the file").toList();
    Files.write(folder.resolve("app.log"), lines);
    var rsyslog = rsyslog(options);
    try {
      var frames = open.frames(LINES);
      assertThat(frames).hasSize(LINES);
      for (int i = 0; i < LINES; i++) {
        assertThat(frames.get(i)).startsWith("<134>").endsWith(lines.get(i));
      }
      assertThat(open.counter("farol_intake_guessed_total")).isZero();
    } finally {
      rsyslog.destroy();
      assertThat(rsyslog.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void logger(String key, String options, String... lines) throws Exception {
    var command = new ArrayList<String>(List.of(program("logger")));
    command.addAll(Arrays.asList(options.split(" ", -1)));
    command.addAll(List.of("-n", "127.0.0.1", "-P", "" + open.port(key), "-p", "authpriv.info"));
    command.addAll(List.of("-t", "farol-test"));
    var input = folder.resolve("lines");
    Files.writeString(input, String.join("\n", lines) + "\n");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(input.toFile())
            .redirectOutput(folder.resolve("logger.out").toFile())
            .start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("logger.out"))).isZero();
  }

  private Process rsyslog(String options) throws IOException {
    var conf = folder.resolve("rsyslog.conf");
    Files.writeString(
        conf,
        """
        global(workDirectory="%1$s")
        module(load="imfile")
        input(type="imfile" File="%1$s/app.log" Tag="app:" Facility="local0" Severity="info")
        action(type="omfwd" target="127.0.0.1" port="%2$d" protocol="tcp" %3$s)
        """
            .formatted(folder, open.port("intake.syslog.tcp"), options));
    return new ProcessBuilder(
            program("rsyslogd"),
            "-n",
            "-f",
            conf.toString(),
            "-i",
            folder.resolve("pid").toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("rsyslog.out").toFile())
        .start();
  }

  private static String program(String name) {
    var found =
        List.of("/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/").stream()
            .map(place -> new File(place + name))
            .filter(File::canExecute)
            .findFirst();
    assumeTrue(
        found.isPresent(),
        "SKIPPED: no program '" + name + "' here; apt-get install bsdutils rsyslog runs this test");
    return found.orElseThrow().getPath();
  }
}
