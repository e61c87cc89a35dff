package mo.farol.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mo.farol.account.IngestTerms;
import mo.farol.account.Network;
import mo.farol.centre.Reaching;
import mo.farol.event.Agency;
import mo.farol.onboard.Forwarder;
import mo.farol.onboard.Snippets;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snippets in the programs they are for, against a centre with certificates of its own. */
@Timeout(180)
class SnippetsRunTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  @TempDir private Path folder;
  private House house;
  private Path certificates;

  @BeforeEach
  void open() {
    house = House.open(folder.resolve("home"), "intake.pinned=water=0");
    house.farol().agencies().add(new Agency("water", "Water"));
    certificates = folder.resolve("certificates");
    house
        .farol()
        .desk()
        .people()
        .certificates()
        .issue("water", Duration.ofDays(30), "test")
        .write(certificates);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void python_keeps_its_lines_until_the_centre_has_them() throws Exception {
    Files.writeString(folder.resolve("farol_log.py"), snippet(Forwarder.PYTHON));
    Files.writeString(
        folder.resolve("program.py"),
        """
        import logging
        from farol_log import FarolHandler
        handler = FarolHandler("spool.db")
        logging.getLogger().addHandler(handler)
        for i in range(1200):
            logging.warning("python line %d of bomba-03", i)
        handler.close()
        """);
    run("python3", "program.py");
    awaitEvents("agency:water AND message:bomba AND log.level:warning", 1_200);
  }

  @Test
  void curl_sends_a_file() throws Exception {
    Files.writeString(folder.resolve("curl.sh"), snippet(Forwarder.CURL));
    Files.write(
        folder.resolve("lines"),
        IntStream.range(0, 500).mapToObj(i -> "{\"message\":\"curl line " + i + "\"}").toList());
    run("sh", "curl.sh", "lines");
    awaitEvents("agency:water AND message:curl", 500);
  }

  @Test
  void logger_reaches_the_agencys_own_port() throws Exception {
    Files.writeString(folder.resolve("logger.sh"), snippet(Forwarder.LOGGER));
    run("sh", "logger.sh", "a line of logger");
    awaitEvents("agency:water AND log.syslog.appname:farol AND logger", 1);
  }

  @Test
  void rsyslogd_finds_no_fault_and_sends_over_relp() throws Exception {
    assumeTrue(
        house.farol().bound().containsKey("intake.relp"), "SKIPPED: this centre has no RELP input");
    assumeTrue(
        Files.exists(Path.of("/usr/lib/x86_64-linux-gnu/rsyslog/omrelp.so"))
            && Files.isExecutable(Path.of("/usr/sbin/rsyslogd")),
        "SKIPPED: no rsyslogd with omrelp here; apt-get install rsyslog rsyslog-relp runs this"
            + " test");
    Path spool = Files.createDirectory(folder.resolve("spool"));
    Files.write(
        folder.resolve("app.log"),
        IntStream.range(0, 1_000).mapToObj(i -> "relp line " + i).toList());
    Path conf = folder.resolve("rsyslog.conf");
    Files.writeString(
        conf,
        "global(workDirectory=\"%s\")\nmodule(load=\"imfile\")\n".formatted(spool)
            + snippet(Forwarder.RSYSLOG).replace("/var/spool/rsyslog", spool.toString())
            + "input(type=\"imfile\" File=\"%s/app.log\" Tag=\"app:\")\n".formatted(folder));
    run("/usr/sbin/rsyslogd", "-N1", "-f", conf.toString());
    String pid = folder.resolve("pid").toString();
    whileRuns(
        new ProcessBuilder("/usr/sbin/rsyslogd", "-n", "-f", conf.toString(), "-i", pid),
        () -> awaitEvents("agency:water AND message:relp", 1_000));
  }

  @Test
  @Tag("clients")
  void syslog_ng_finds_no_fault_and_sends_over_http() throws Exception {
    Path place = Path.of(Optional.ofNullable(System.getenv("FAROL_SYSLOG_NG")).orElse(""));
    var program = place.resolve("usr/sbin/syslog-ng");
    assumeTrue(
        place.isAbsolute() && Files.isExecutable(program),
        "SKIPPED: FAROL_SYSLOG_NG names no folder with an unpacked syslog-ng; see .ci/run");
    Files.write(
        folder.resolve("app.log"),
        IntStream.range(0, 1_000).mapToObj(i -> "<38>app: ng line " + i).toList());
    Path spool = Files.createDirectory(folder.resolve("spool"));
    Path conf = folder.resolve("syslog-ng.conf");
    Files.writeString(
        conf,
        "@version: 3.38\nsource s_src { file(\"%s/app.log\" follow-freq(1)); };\n".formatted(folder)
            + snippet(Forwarder.SYSLOG_NG).replace("/var/lib/syslog-ng", spool.toString()));
    var ng = new ProcessBuilder(program.toString(), "-F", "--no-caps", "-f", conf.toString());
    ng.command().addAll(List.of("-R", folder + "/persist", "-c", folder + "/ctl"));
    ng.command().addAll(List.of("--pidfile", folder + "/pid", "--module-path"));
    ng.command().add(place.resolve("usr/lib/syslog-ng/3.38").toString());
    ng.environment().put("LD_LIBRARY_PATH", libraries(place));
    whileRuns(ng, () -> awaitEvents("agency:water AND log.syslog.appname:app", 1_000));
  }

  @Test
  void log4j2_sends_each_event_and_waits_for_the_answer() throws Exception {
    String config =
        snippet(Forwarder.LOG4J2)
            .replace("farol-undelivered.json", folder.resolve("left.json").toString());
    var source =
        new ConfigurationSource(new ByteArrayInputStream(config.getBytes(StandardCharsets.UTF_8)));
    var context = new org.apache.logging.log4j.core.LoggerContext("snippet");
    context.start(new XmlConfiguration(context, source));
    try {
      var logger = context.getLogger("pumps");
      for (int i = 0; i < 40; i++) {
        logger.warn("log4j2 line {}", i);
      }
      awaitEvents("agency:water AND message:log4j2 AND log.level:warn", 40);
    } finally {
      context.stop(10, TimeUnit.SECONDS);
    }
    assertThat(Files.size(folder.resolve("left.json"))).as("nothing was left").isZero();
  }

  @Test
  void logback_sends_json_lines_inside_tls() throws Exception {
    var context = new ch.qos.logback.classic.LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty(
        "FAROL_P12_PASSWORD", Files.readString(certificates.resolve("p12-password.txt")));
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        new ByteArrayInputStream(snippet(Forwarder.LOGBACK).getBytes(StandardCharsets.UTF_8)));
    try {
      var logger = context.getLogger("pumps");
      for (int i = 0; i < 300; i++) {
        logger.warn("logback line {}", i);
      }
      awaitEvents("agency:water AND message:logback AND log.level:warn", 300);
    } finally {
      context.stop();
    }
  }

  @Test
  void a_token_of_a_network_is_refused_from_elsewhere() throws Exception {
    var tokens = house.farol().desk().people().tokens();
    var far = new IngestTerms("far", Optional.empty(), List.of(Network.parse("192.0.2.0/24")));
    var near = new IngestTerms("near", Optional.empty(), List.of(Network.parse("127.0.0.0/8")));
    byte[] line = "a line".getBytes(StandardCharsets.UTF_8);
    assertThat(house.post(tokens.ingest("water", far, "test"), line)).isEqualTo(401);
    assertThat(house.post(tokens.ingest("water", near, "test"), line)).isEqualTo(200);
  }

  @Test
  void a_test_line_goes_through_the_http_input() throws Exception {
    var answer = house.send("POST", "/agencies/water/test", "{}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String from = answer.body().replaceAll(".*\"from\":(\\d+).*", "$1");
    assertThat(
            house
                .get("/agencies/water/next?wait=20&from=" + from)
                .path("event")
                .path("message")
                .asText())
        .contains("Test line of water, sent by olga");
    assertThat(house.farol().desk().people().tokens().ofAgency("water")).as("its token").isEmpty();
  }

  private void whileRuns(ProcessBuilder program, Runnable then) throws Exception {
    var process =
        program
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("program.out").toFile())
            .start();
    try {
      then.run();
    } finally {
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  // Unpacked beside rsyslog, it finds its own libraries only where it is told.
  private static String libraries(Path place) throws IOException {
    try (var found = Files.walk(place)) {
      return found
          .filter(file -> file.getFileName().toString().contains(".so"))
          .map(file -> String.valueOf(file.getParent()))
          .distinct()
          .collect(Collectors.joining(":"));
    }
  }

  private void awaitEvents(String query, long count) {
    await().atMost(SOON).until(() -> house.farol().eventsOf(query) >= count);
    assertThat(house.farol().eventsOf(query)).isEqualTo(count);
  }

  private String snippet(Forwarder forwarder) {
    Map<String, Integer> ports =
        house.farol().bound().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().getPort()));
    var reach = Reaching.of(House.config(folder.resolve("home")), ports);
    return Snippets.of(forwarder, "water", reach, Optional.of(certificates.toString()));
  }

  private void run(String... words) throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place).resolve(words[0]))),
        "SKIPPED: no program '" + words[0] + "' here");
    var said = folder.resolve("said");
    var process =
        new ProcessBuilder(List.of(words))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(words[0] + " ends").isTrue();
      assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
