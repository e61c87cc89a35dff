package mo.farol.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import mo.farol.centre.Reaching;
import mo.farol.event.Agency;
import mo.farol.onboard.Forwarder;
import mo.farol.onboard.Snippets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
    var rsyslogd =
        new ProcessBuilder(
                "/usr/sbin/rsyslogd",
                "-n",
                "-f",
                conf.toString(),
                "-i",
                folder.resolve("pid").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("rsyslogd.out").toFile())
            .start();
    try {
      awaitEvents("agency:water AND message:relp", 1_000);
    } finally {
      rsyslogd.destroy();
      assertThat(rsyslogd.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void a_test_line_goes_through_the_http_input() throws Exception {
    var answer = house.send("POST", "/agencies/water/test", "{}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String from = answer.body().replaceAll("\\D", "");
    assertThat(
            house
                .get("/agencies/water/next?wait=20&from=" + from)
                .path("event")
                .path("message")
                .asText())
        .contains("Test line of water, sent by olga");
    assertThat(house.farol().desk().people().tokens().ofAgency("water")).as("its token").isEmpty();
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
