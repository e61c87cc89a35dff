package mo.farol.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import biz.paluch.logging.gelf.logback.GelfLogbackAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.net.SyslogAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.logbackgelf.GelfTcpAppender;
import de.siegmar.logbackgelf.GelfUdpAppender;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import mo.farol.wire.Leaks;
import mo.farol.wire.Programs;
import mo.farol.wire.Recorder;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Appenders and handlers of Java and Python programs. */
@ExtendWith(Leaks.class)
@Timeout(60)
class JavaSendersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TEXTS = List.of("first message", "second, três", "third 三");

  private final OpenIntake open = new OpenIntake();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    open.close();
  }

  // Of BSD messages with nothing between them nobody can tell where one ends: newLine is needed.
  @ParameterizedTest
  @CsvSource({"TCP, RFC5424", "TCP, BSD", "UDP, RFC5424", "UDP, BSD"})
  void log4j_syslog_appender_is_understood(String protocol, String format) throws Exception {
    boolean tcp = protocol.equals("TCP");
    try (var recorder = new Recorder(open.port("intake.syslog.tcp"))) {
      int port = tcp ? recorder.port() : open.port("intake.syslog.udp");
      String xml =
          """
          <Configuration status="error"><Appenders>
            <Syslog name="s" host="127.0.0.1" port="%d" protocol="%s" format="%s"
              appName="farol-test" facility="LOCAL0" newLine="%s"/>
          </Appenders><Loggers><Root level="info"><AppenderRef ref="s"/></Root></Loggers>
          </Configuration>
          """
              .formatted(port, protocol, format, format.equals("BSD"));
      try (var context =
          Configurator.initialize(
              null, new ConfigurationSource(new ByteArrayInputStream(xml.getBytes(UTF_8))))) {
        TEXTS.forEach(context.getLogger("test")::error);
      }
      var frames = open.frames(TEXTS.size());
      assertThat(frames).hasSize(TEXTS.size()).allMatch(f -> f.startsWith("<131>"));
      for (int i = 0; i < TEXTS.size(); i++) {
        assertThat(frames.get(i)).endsWith(TEXTS.get(i));
      }
      if (tcp) {
        GoldenSender.of("syslog.tcp", recorder.seen(), frames)
            .keep("log4j2-" + format.toLowerCase(Locale.ROOT));
      }
    }
  }

  @Test
  void logback_syslog_appender_is_understood() throws Exception {
    var appender = new SyslogAppender();
    appender.setSyslogHost("127.0.0.1");
    appender.setPort(open.port("intake.syslog.udp"));
    appender.setFacility("LOCAL0");
    appender.setSuffixPattern("farol-test: %msg");
    log(appender);
    var frames = open.frames(TEXTS.size());
    for (int i = 0; i < TEXTS.size(); i++) {
      assertThat(frames.get(i)).startsWith("<131>").endsWith("farol-test: " + TEXTS.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void logstash_gelf_is_understood(String protocol) throws Exception {
    try (var recorder = new Recorder(open.port("intake.gelf"))) {
      var appender = new GelfLogbackAppender();
      appender.setHost(protocol + ":127.0.0.1");
      appender.setPort(protocol.equals("tcp") ? recorder.port() : open.port("intake.gelf"));
      appender.setMaximumMessageSize(8192);
      log(appender);
      gelf();
      if (protocol.equals("tcp")) {
        GoldenSender.of("gelf", recorder.seen(), open.log.texts()).keep("logstash-gelf");
      }
    }
  }

  @Test
  void logback_gelf_over_tcp_is_understood() throws Exception {
    try (var recorder = new Recorder(open.port("intake.gelf"))) {
      var appender = new GelfTcpAppender();
      appender.setGraylogHost("127.0.0.1");
      appender.setGraylogPort(recorder.port());
      log(appender);
      gelf();
      GoldenSender.of("gelf", recorder.seen(), open.log.texts()).keep("logback-gelf");
    }
  }

  @Test
  void logback_gelf_over_udp_is_understood_in_chunks_too() throws Exception {
    var appender = new GelfUdpAppender();
    appender.setGraylogHost("127.0.0.1");
    appender.setGraylogPort(open.port("intake.gelf"));
    appender.setMaxChunkSize(100);
    log(appender);
    gelf();
    assertThat(open.counter("farol_intake_refused_total", "reason", "gelf-chunk")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SOCK_DGRAM", "SOCK_STREAM"})
  void pythons_syslog_handler_is_understood(String type) throws Exception {
    boolean tcp = type.equals("SOCK_STREAM");
    try (var recorder = new Recorder(open.port("intake.syslog.tcp"))) {
      var script = folder.resolve("send.py");
      Files.writeString(
          script,
          """
          import logging, logging.handlers, socket, sys
          handler = logging.handlers.SysLogHandler(
              ('127.0.0.1', int(sys.argv[1])), socktype=getattr(socket, sys.argv[2]))
          logging.getLogger().addHandler(handler)
          for text in sys.argv[3:]:
              logging.error(text)
          handler.close()
          """);
      int port = tcp ? recorder.port() : open.port("intake.syslog.udp");
      var command =
          new ArrayList<>(
              List.of(Programs.find("python3", "python3"), script.toString(), "" + port, type));
      command.addAll(TEXTS);
      var process = Programs.start(folder.resolve("python.out"), command);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(folder.resolve("python.out"))).isZero();
      assertThat(open.frames(TEXTS.size()))
          .containsExactlyElementsOf(TEXTS.stream().map(t -> "<11>" + t).toList());
      if (tcp) {
        GoldenSender.of("syslog.tcp", recorder.seen(), open.log.texts())
            .keep("python-sysloghandler");
      }
    }
  }

  private static void log(Appender<ILoggingEvent> appender) {
    var context = new LoggerContext();
    appender.setContext(context);
    appender.start();
    var logger = context.getLogger("test");
    logger.setLevel(Level.INFO);
    logger.addAppender(appender);
    TEXTS.forEach(logger::error);
    appender.stop();
    context.stop();
  }

  private void gelf() throws Exception {
    var frames = open.frames(TEXTS.size());
    assertThat(frames).hasSize(TEXTS.size());
    var texts = new ArrayList<String>();
    for (String frame : frames) {
      texts.add(JSON.readTree(frame).path("short_message").asText());
    }
    assertThat(texts).containsExactlyInAnyOrderElementsOf(TEXTS); // some open several connections
    assertThat(open.batches()).allMatch(b -> b.origin().format().equals("gelf"));
  }
}
