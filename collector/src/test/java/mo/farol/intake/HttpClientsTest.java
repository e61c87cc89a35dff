package mo.farol.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mo.farol.wire.Leaks;
import mo.farol.wire.NodeClients;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.HttpAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Senders over HTTP that nobody here wrote, really run; what they sent is kept for RecordedTest.
 */
@ExtendWith(Leaks.class)
@Timeout(600)
class HttpClientsTest {
  private static final int LINES = 2000;

  private final OpenIntake open = new OpenIntake();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  @Tag("clients")
  void elastics_own_client_takes_us_for_elasticsearch() throws Exception {
    var said =
        new ObjectMapper().readTree(node("elasticsearch-js", "elasticsearch.js", "one", "zwei {}"));
    assertThat(said.get("successful").asInt()).isEqualTo(2);
    assertThat(said.get("failed").asInt()).isZero();
    assertThat(said.get("errors").asBoolean()).isFalse();
    assertThat(said.get("statuses").toString()).isEqualTo("[201,201]");
    assertThat(open.events(4))
        .extracting(e -> e.get("message"))
        .containsExactly("one", "zwei {}", "one", "zwei {}");
    assertThat(open.events(4).get(3))
        .containsEntry("event.id", "1")
        .containsEntry("bulk.index", "logs");
  }

  @Test
  @Tag("clients")
  void splunks_own_logger_glues_its_objects() throws Exception {
    assertThat(node("splunk-logging", "splunk-logging.js", "one", "two")).contains("Success");
    var events = open.events(2);
    assertThat(events).extracting(e -> e.get("host.name")).containsExactly("web1", "web1");
    assertThat(events.get(0).get("message")).contains("one");
    assertThat(events.get(1).get("hec.sourcetype")).isEqualTo("probe");
  }

  @Test
  @Tag("clients")
  void pinos_transport_takes_us_for_elasticsearch() throws Exception {
    var said =
        new ObjectMapper().readTree(node("pino-elasticsearch", "pino-elasticsearch.js", "a", "b"));
    assertThat(said.get("successful").asInt()).isEqualTo(2);
    assertThat(said.get("failed").asInt()).isZero();
    assertThat(open.events(2)).extracting(e -> e.get("message")).containsExactly("a", "b");
    assertThat(open.events(2).get(0))
        .containsEntry("host.name", "web1")
        .containsEntry("bulk.index", "logs");
  }

  @Test
  void rsyslogs_omelasticsearch_sends_all_its_lines_once() throws Exception {
    String module = "omelasticsearch.so";
    assumeTrue(
        List.of(
                "/usr/lib/x86_64-linux-gnu/rsyslog/",
                "/usr/lib/aarch64-linux-gnu/rsyslog/",
                "/usr/lib/rsyslog/")
            .stream()
            .anyMatch(place -> new File(place + module).exists()),
        "SKIPPED: no " + module + " here; apt-get install rsyslog-elasticsearch runs this test");
    var lines = IntStream.range(0, LINES).mapToObj(i -> "line " + i + " \"of\" the file").toList();
    Files.write(folder.resolve("app.log"), lines);
    try (var recorder = new Recorder(open.port("intake.http"))) {
      var rsyslog = rsyslog(recorder.port());
      try {
        var events = open.events(LINES);
        assertThat(events).extracting(e -> e.get("message")).containsExactlyElementsOf(lines);
      } finally {
        rsyslog.destroy();
        assertThat(rsyslog.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
    }
    assertThat(open.log.durable()).isEqualTo(LINES);
  }

  @Test
  void log4js_http_appender_is_content() throws Exception {
    try (var recorder = new Recorder(open.port("intake.http"))) {
      var appender =
          HttpAppender.newBuilder()
              .setName("farol")
              .setIgnoreExceptions(false)
              .setConfiguration(new LoggerContext("farol").getConfiguration())
              .setUrl(URI.create("http://127.0.0.1:" + recorder.port() + "/v1/events").toURL())
              .setHeaders(
                  new Property[] {Property.createProperty("Authorization", "Bearer secret-b")})
              .setLayout(PatternLayout.newBuilder().setPattern("%level %message").build())
              .build();
      appender.start();
      for (String text : new String[] {"one", "zwei"}) {
        appender.append(
            Log4jLogEvent.newBuilder()
                .setLoggerName("farol")
                .setLevel(Level.WARN)
                .setMessage(new SimpleMessage(text))
                .build());
      }
      appender.stop();
      recorder.keep("log4j2-http");
    }
    assertThat(open.frames(2)).containsExactly("WARN one", "WARN zwei");
  }

  @Test
  void curl_posts_a_file_and_gelf() throws Exception {
    Files.writeString(folder.resolve("lines"), "one\ntwo\n");
    String url = "http://127.0.0.1:" + open.port("intake.http");
    assertThat(curl("--data-binary", "@" + folder.resolve("lines"), url + "/v1/events"))
        .isEqualTo("{\"accepted\":2}");
    curl("-d", "{\"version\":\"1.1\",\"host\":\"a\",\"short_message\":\"hi\"}", url + "/gelf");
    assertThat(open.events(3).get(2)).containsEntry("message", "hi");
  }

  private String node(String name, String script, String... texts) throws Exception {
    try (var recorder = new Recorder(open.port("intake.http"))) {
      var arguments = new ArrayList<>(List.of(recorder.port(), "secret-b"));
      arguments.addAll(List.of(texts));
      String said = NodeClients.run(script, arguments.toArray(String[]::new));
      recorder.keep(name);
      return said;
    }
  }

  private Process rsyslog(String port) throws IOException {
    var conf = folder.resolve("rsyslog.conf");
    Files.writeString(
        conf,
        """
        global(workDirectory="%1$s")
        module(load="imfile")
        module(load="omelasticsearch")
        template(name="doc" type="list" option.jsonf="on") {
          property(outname="message" name="msg" format="jsonf")
        }
        input(type="imfile" File="%1$s/app.log" Tag="app:" Facility="local0" Severity="info")
        action(type="omelasticsearch" server="127.0.0.1" serverport="%2$s" bulkmode="on"
          uid="farol" pwd="secret-b" template="doc" searchIndex="events" queue.type="linkedlist"
          queue.dequeuebatchsize="100" action.resumeretrycount="-1")
        """
            .formatted(folder, port));
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

  private String curl(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(program("curl"), "-sS", "--max-time", "20"));
    command.addAll(List.of("-H", "Authorization: Bearer secret-b"));
    command.addAll(List.of(arguments));
    var output = folder.resolve("curl.out");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output);
  }

  private static String program(String name) {
    var found =
        List.of("/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/").stream()
            .map(place -> new File(place + name))
            .filter(File::canExecute)
            .findFirst();
    assumeTrue(
        found.isPresent(),
        "SKIPPED: no program '" + name + "' here; apt-get install rsyslog curl runs this test");
    return found.orElseThrow().getPath();
  }
}
