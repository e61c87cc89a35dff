package mo.farol.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import mo.farol.event.Agency;
import mo.farol.onboard.Forwarder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A line sent from the console through the listener that an agency's forwarder will use. */
@Timeout(180)
class TestLineTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path home;

  @Test
  void it_goes_as_each_forwarder_sends_with_the_certificate_that_is_at_hand() throws Exception {
    try (var house = open("intake.pinned=water=0,water=udp:0")) {
      String serial = certificate(house, "water");
      Map<Forwarder, String> inputs =
          Map.of(
              Forwarder.RSYSLOG, "relp",
              Forwarder.FILEBEAT, "lumberjack",
              Forwarder.WINLOGBEAT, "lumberjack",
              Forwarder.SPLUNK, "syslog.tls",
              Forwarder.LOGBACK, "syslog.tls",
              Forwarder.LOGGER, "syslog.tcp",
              Forwarder.DEVICE, "syslog.udp",
              Forwarder.OTEL, "http.otlp");
      for (var forwarder : Forwarder.values()) {
        var sent = send(house, "water", "?for=" + forwarder.word());
        boolean ownPort = forwarder == Forwarder.LOGGER || forwarder == Forwarder.DEVICE;
        assertThat(sent.path("proof").asText())
            .as(forwarder.word())
            .isEqualTo(ownPort ? "listener" : "certificate");
        assertThat(sent.path("certificate").asText()).isEqualTo(ownPort ? "null" : serial);
        var event = arrived(house, "water", sent);
        assertThat(event.path("message").asText())
            .as(forwarder.word())
            .isEqualTo("Test line of water, sent by olga from the console");
        assertThat(event.toString())
            .as(forwarder.word())
            .contains("\"" + inputs.getOrDefault(forwarder, "http") + "\"");
      }
    }
  }

  @Test
  void where_only_tls_is_taken_it_goes_inside_tls_with_certificate_or_token() throws Exception {
    try (var house = open("intake.tls.required=true")) {
      certificate(house, "water");
      for (String way : new String[] {"?for=rsyslog", "?for=filebeat", "?for=curl", ""}) {
        var sent = send(house, "water", way);
        assertThat(sent.path("over").asText()).as(way).endsWith("+ TLS");
        assertThat(sent.path("proof").asText()).isEqualTo(way.isEmpty() ? "token" : "certificate");
        assertThat(arrived(house, "water", sent).path("message").asText())
            .as(way)
            .contains("water");
      }
      assertThat(house.farol().desk().people().tokens().ofAgency("water"))
          .as("its token")
          .isEmpty();
    }
  }

  @Test
  void where_the_private_key_was_taken_away_it_says_so_and_goes_over_http_with_a_token()
      throws Exception {
    try (var house = open()) {
      String serial = certificate(house, "water");
      house.farol().desk().people().certificates().revoke(serial, "test");
      assertThat(post(house, "water", "?for=rsyslog")).contains("private key", "409");
      certificate(house, "water");
      for (String file : new String[] {"client.p12", "key.pem"}) {
        Files.delete(home.resolve("agencies/water").resolve(file));
      }
      assertThat(post(house, "water", "?for=splunk")).contains("private key", "409");
      var sent = send(house, "water", "?for=vector");
      assertThat(sent.path("proof").asText()).isEqualTo("token");
      assertThat(arrived(house, "water", sent).path("message").asText())
          .contains("Test line of water");
    }
  }

  @Test
  void the_agency_of_the_shared_listeners_needs_no_certificate_where_plain_is_taken()
      throws Exception {
    try (var house = open("intake.agency=water")) {
      var sent = send(house, "water", "?for=rsyslog");
      assertThat(sent.path("over").asText()).isEqualTo("RELP");
      assertThat(arrived(house, "water", sent).path("message").asText())
          .contains("Test line of water");
      assertThat(post(house, "water", "?for=nothing")).contains("404");
    }
  }

  @Test
  void where_a_line_feed_alone_ends_a_message_it_goes_without_a_count_and_so_does_the_snippet()
      throws Exception {
    try (var house = open("intake.pinned=water=0/lf")) {
      var sent = send(house, "water", "?for=logger");
      assertThat(arrived(house, "water", sent).path("message").asText())
          .isEqualTo("Test line of water, sent by olga from the console");
      assertThat(house.get("/agencies/water/snippets/logger").path("text").asText())
          .contains("--tcp --rfc5424");
    }
  }

  private House open(String... sets) {
    var house = House.open(home, sets);
    house.farol().agencies().add(new Agency("water", "Water"));
    return house;
  }

  private String certificate(House house, String agency) throws Exception {
    var folder = home.resolve("agencies").resolve(agency);
    if (Files.exists(folder)) {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    var bundle =
        house.farol().desk().people().certificates().issue(agency, Duration.ofDays(30), "test");
    bundle.write(folder);
    return bundle.issued().serial();
  }

  private JsonNode send(House house, String agency, String query) throws Exception {
    var answer = house.send("POST", "/agencies/" + agency + "/test" + query, "{}");
    assertThat(answer.statusCode()).as(query + " " + answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private String post(House house, String agency, String query) throws Exception {
    return house.send("POST", "/agencies/" + agency + "/test" + query, "{}").body();
  }

  private JsonNode arrived(House house, String agency, JsonNode sent) throws Exception {
    long from = sent.path("from").asLong();
    return house.get("/agencies/" + agency + "/next?wait=20&from=" + from).path("event");
  }
}
