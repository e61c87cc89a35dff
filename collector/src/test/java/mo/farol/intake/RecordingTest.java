package mo.farol.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.net.SyslogAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mo.farol.wire.DatagramRecorder;
import mo.farol.wire.Leaks;
import mo.farol.wire.Programs;
import mo.farol.wire.Rsyslog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Programs that run again to say what their golden files hold, but for times, hosts, ids, ports and
 * versions. With {@code -Dgolden=write} the files are what they say now.
 */
@Tag("clients")
@ExtendWith(Leaks.class)
@Timeout(120)
class RecordingTest {
  private static final String TRADITIONAL = "template=\"RSYSLOG_TraditionalForwardFormat\"";
  private static final String PROTOCOL_23 = "template=\"RSYSLOG_SyslogProtocol23Format\"";
  private static final List<String> TEXTS =
      List.of(
          "first message",
          "second, três",
          "third 三",
          "fourth with <14>1 2026-11-24T10:00:00Z h a - - - another in it",
          "fifth ends in a number and a space 12 ");

  private final OpenIntake open = new OpenIntake();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    open.close();
  }

  @ParameterizedTest
  @CsvSource({
    "3164-lf, traditional, TCP_Framing=\"traditional\"",
    "3164-octet, traditional, TCP_Framing=\"octet-counted\"",
    "5424-lf, protocol23, TCP_Framing=\"traditional\"",
    "5424-octet, protocol23, TCP_Framing=\"octet-counted\""
  })
  void rsyslog_over_tcp(String name, String template, String framing) throws Exception {
    String shape = template.equals("traditional") ? TRADITIONAL : PROTOCOL_23;
    String how = "type=\"omfwd\" protocol=\"tcp\" " + framing + " " + shape;
    rsyslog("rsyslog-omfwd-" + name, "intake.syslog.tcp", "syslog.tcp", "", how);
  }

  @Test
  void rsyslog_over_relp() throws Exception {
    assumeTrue(Rsyslog.has("omrelp"), "SKIPPED: apt-get install rsyslog-relp runs this test");
    String module = "module(load=\"omrelp\")";
    rsyslog("rsyslog-omrelp", "intake.relp", "relp", module, "type=\"omrelp\"");
  }

  private void rsyslog(String name, String key, String input, String module, String action)
      throws Exception {
    try (var recorder = new mo.farol.wire.Recorder(open.port(key))) {
      String to = "action(%s target=\"127.0.0.1\" port=\"%d\")".formatted(action, recorder.port());
      try (var rsyslog = Rsyslog.sending(folder.resolve("rsyslog"), TEXTS, head(module), to)) {
        assertThat(open.frames(TEXTS.size())).as(rsyslog.said()).hasSameSizeAs(TEXTS);
      }
      await().atMost(Duration.ofSeconds(20)).until(recorder::isQuiet);
      check(name, GoldenSender.of(input, recorder.seen(), open.log.texts()));
    }
  }

  @ParameterizedTest
  @CsvSource({"3164-udp, traditional", "5424-udp, protocol23"})
  void rsyslog_over_udp(String name, String template) throws Exception {
    String shape = template.equals("traditional") ? TRADITIONAL : PROTOCOL_23;
    try (var recorder = new DatagramRecorder(open.port("intake.syslog.udp"))) {
      String to =
          "action(type=\"omfwd\" protocol=\"udp\" target=\"127.0.0.1\" port=\"%d\" %s)"
              .formatted(recorder.port(), shape);
      try (var rsyslog = Rsyslog.sending(folder.resolve("rsyslog"), TEXTS, head(""), to)) {
        assertThat(open.frames(TEXTS.size())).as(rsyslog.said()).hasSameSizeAs(TEXTS);
      }
      var frames = open.log.texts();
      check("rsyslog-omfwd-" + name, GoldenSender.of("syslog.udp", recorder.seen(), frames));
    }
  }

  @Test
  void rsyslog_over_elasticsearchs_bulk_api() throws Exception {
    assumeTrue(
        Rsyslog.has("omelasticsearch"),
        "SKIPPED: apt-get install rsyslog-elasticsearch runs this test");
    String module =
        """
        module(load="omelasticsearch")
        template(name="doc" type="list" option.jsonf="on") {
          property(outname="message" name="msg" format="jsonf")
          property(outname="host.name" name="hostname" format="jsonf")
          property(outname="log.level" name="syslogseverity-text" format="jsonf")
        }\
        """;
    try (var recorder = new Recorder(open.port("intake.http"))) {
      String to =
          """
          action(type="omelasticsearch" server="127.0.0.1" serverport="%s" bulkmode="on"
            uid="farol" pwd="secret-b" template="doc" searchIndex="events"
            queue.type="linkedlist" queue.minDequeueBatchSize="%d"
            queue.minDequeueBatchSize.timeout="2000")\
          """
              .formatted(recorder.port(), TEXTS.size());
      try (var rsyslog = Rsyslog.sending(folder.resolve("rsyslog"), TEXTS, head(module), to)) {
        var events = open.events(TEXTS.size());
        assertThat(events).as(rsyslog.said()).extracting(e -> e.get("message")).isEqualTo(TEXTS);
      }
      recorder.check("rsyslog-omelasticsearch");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3164-lf, -T --rfc3164",
    "5424-lf, -T --rfc5424",
    "3164-octet, -T --rfc3164 --octet-count",
    "5424-octet, -T --rfc5424 --octet-count"
  })
  void logger_over_tcp(String name, String options) throws Exception {
    try (var recorder = new mo.farol.wire.Recorder(open.port("intake.syslog.tcp"))) {
      logger(options, recorder.port());
      var frames = open.frames(TEXTS.size());
      await().atMost(Duration.ofSeconds(20)).until(recorder::isQuiet);
      check("logger-" + name, GoldenSender.of("syslog.tcp", recorder.seen(), frames));
    }
  }

  @ParameterizedTest
  @CsvSource({"3164-udp, -d --rfc3164", "5424-udp, -d --rfc5424"})
  void logger_over_udp(String name, String options) throws Exception {
    try (var recorder = new DatagramRecorder(open.port("intake.syslog.udp"))) {
      logger(options, recorder.port());
      var frames = open.frames(TEXTS.size());
      check("logger-" + name, GoldenSender.of("syslog.udp", recorder.seen(), frames));
    }
  }

  @Test
  void logbacks_syslog_appender() throws Exception {
    try (var recorder = new DatagramRecorder(open.port("intake.syslog.udp"))) {
      var context = new LoggerContext();
      var appender = new SyslogAppender();
      appender.setContext(context);
      appender.setSyslogHost("127.0.0.1");
      appender.setPort(recorder.port());
      appender.setFacility("LOCAL0");
      appender.setSuffixPattern("farol-test[%thread]: %msg");
      appender.start();
      var logger = context.getLogger("test");
      logger.setLevel(Level.INFO);
      logger.addAppender(appender);
      TEXTS.forEach(logger::error);
      var cause = new IllegalStateException("why");
      cause.setStackTrace(
          new StackTraceElement[] {new StackTraceElement("App", "main", "App.java", 7)});
      logger.warn("with a cause", cause);
      context.stop();
      var frames = open.frames(TEXTS.size() + 3); // a datagram for each line of the cause
      check("logback-syslog", GoldenSender.of("syslog.udp", recorder.seen(), frames));
    }
  }

  private static String head(String module) {
    return "global(localHostname=\"web1\")\n" + module;
  }

  private void logger(String options, int port) throws Exception {
    var command = new ArrayList<>(List.of(Programs.find("logger", "bsdutils")));
    command.addAll(Arrays.asList(options.split(" ", -1)));
    command.addAll(List.of("-n", "127.0.0.1", "-P", "" + port, "-p", "authpriv.info"));
    command.addAll(List.of("-t", "farol-test"));
    var input = folder.resolve("lines");
    Files.write(input, TEXTS);
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(input.toFile())
            .redirectOutput(folder.resolve("logger.out").toFile())
            .start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("logger.out"))).isZero();
  }

  private static void check(String name, GoldenSender now) throws Exception {
    now.keep(name);
    var golden = GoldenSender.read(GoldenSender.file(name));
    assertThat(now.steady()).as(name).isEqualTo(golden.steady());
    assertThat(now.frames()).as(name).hasSameSizeAs(golden.frames());
  }
}
