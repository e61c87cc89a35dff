package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import mo.farol.event.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Messages of many parsers' own tests, with the fields that must come out. */
class VectorsTest {
  /** How they are cut is the intake's matter, but for one frame a datagram. */
  private static final Set<String> STREAMS = Set.of("rfc5424-stream", "rfc3164-stream");

  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("facility", "log.syslog.facility.code"),
          Map.entry("severity", "log.syslog.severity.code"),
          Map.entry("hostname", "host.name"),
          Map.entry("syslog_host", "host.name"),
          Map.entry("appname", "log.syslog.appname"),
          Map.entry("procid", "log.syslog.procid"),
          Map.entry("procID", "log.syslog.procid"),
          Map.entry("msgid", "log.syslog.msgid"),
          Map.entry("msgID", "log.syslog.msgid"),
          Map.entry("message", "message"),
          Map.entry("client", "source.ip"),
          Map.entry("client_ip", "source.ip"),
          Map.entry("ip_src_addr", "source.ip"),
          Map.entry("client_port", "source.port"),
          Map.entry("ip_src_port", "source.port"),
          Map.entry("ip_dst_addr", "destination.ip"),
          Map.entry("ip_dst_port", "destination.port"),
          Map.entry("server_ip", "destination.ip"),
          Map.entry("protocol", "network.transport"),
          Map.entry("action", "event.action"),
          Map.entry("ciscotag", "cisco.code"),
          Map.entry("user", "user.name"),
          Map.entry("method", "http.request.method"),
          Map.entry("url", "url.original"),
          Map.entry("http_version", "http.version"),
          Map.entry("status", "http.response.status_code"),
          Map.entry("bytes", "http.response.body.bytes"),
          Map.entry("user_agent", "user_agent.original"),
          Map.entry("query", "dns.question.name"),
          Map.entry("class", "dns.question.class"),
          Map.entry("type", "dns.question.type"),
          Map.entry("deviceVendor", ".device.vendor"),
          Map.entry("deviceProduct", ".device.product"),
          Map.entry("deviceVersion", ".device.version"),
          Map.entry("deviceEventClassId", ".device.event_class_id"),
          Map.entry("eventId", ".event_id"),
          Map.entry("cefVersion", ".version"),
          Map.entry("leefVersion", ".version"),
          Map.entry("name", ".name"));

  @TestFactory
  Stream<DynamicTest> a_vector_gives_the_fields_it_expects() throws IOException {
    var file = SharedData.find("log-vectors/vectors.jsonl");
    Assumptions.assumeTrue(file.isPresent(), "shared/data/log-vectors is absent: not tested");
    return vectors(file.orElseThrow())
        .filter(vector -> !STREAMS.contains(format(vector)) || isDatagram(vector))
        .map(
            vector ->
                dynamicTest(
                    format(vector) + " " + vector.get("id").asText() + " " + text(vector, 60),
                    () -> check(vector)));
  }

  private static void check(JsonNode vector) {
    var parsed = Parsed.of(vector.get("input").asText());
    var expected = vector.path("expected");
    if (!vector.get("valid").asBoolean()) {
      refused(vector, parsed);
      return;
    }
    assertThat(parsed.rejection()).isEmpty();
    JsonNode one = expected.isArray() ? expected.get(0) : expected;
    one.properties().forEach(pair -> field(vector, parsed, pair.getKey(), pair.getValue()));
  }

  /** Not RFC 5424, but what follows the priority may still be the free text of RFC 3164. */
  private static void refused(JsonNode vector, Parsed parsed) {
    if (parsed.rejection().isEmpty()) {
      assertThat(vector.get("input").asText()).startsWith("<102>abc ");
      assertThat(parsed.get("message")).isEqualTo("abc 2018-11-22");
      return;
    }
    assertThat(parsed.get("message")).isEqualTo(vector.get("input").asText());
    vector
        .path("best_effort")
        .properties()
        .forEach(
            pair -> {
              if (!pair.getKey().startsWith("structured")) {
                field(vector, parsed, pair.getKey(), pair.getValue());
              }
            });
  }

  private static void field(JsonNode vector, Parsed parsed, String key, JsonNode value) {
    switch (key) {
      case "pri" -> assertThat(priority(parsed)).isEqualTo(value.asInt());
      case "version" ->
          assertThat(parsed.fields().getOrDefault("log.syslog.version", "1"))
              .isEqualTo(value.asText());
      case "timestamp" -> assertThat(parsed.at()).isEqualTo(instant(value.asText()));
      case "timestamp_epoch_ns" ->
          assertThat(parsed.at().getEpochSecond()).isEqualTo(value.asLong() / 1_000_000_000);
      case "timestamp_text" -> time(parsed, value.asText());
      case "structured_data" -> structured(parsed, value);
      case "extension" -> named(parsed, "cef.extensions.", value);
      case "attributes" -> named(parsed, "leef.attributes.", value);
      case "severity" -> severity(vector, parsed, value);
      case "structured_data_flat_underscore",
          "syslog_facility",
          "syslog_severity",
          "level",
          "flags" -> {}
      default -> plain(vector, parsed, key, value);
    }
  }

  private static void plain(JsonNode vector, Parsed parsed, String key, JsonNode value) {
    assertThat(FIELDS).as("a vector expects a field this test doesn't know").containsKey(key);
    String name = FIELDS.getOrDefault(key, "");
    String field = name.startsWith(".") ? format(vector) + name : name;
    String text =
        value.isNull() ? "" : key.endsWith("Version") ? value.asText().trim() : value.asText();
    assertThat(text(parsed, field)).as(field).isEqualTo(text);
  }

  /** A host that the sender did not name is filled with the peer's address. */
  private static String text(Parsed parsed, String field) {
    boolean isPeer = field.equals("host.name") && parsed.get(field).equals(Parsed.ORIGIN.peer());
    return isPeer ? "" : parsed.get(field);
  }

  private static void severity(JsonNode vector, Parsed parsed, JsonNode value) {
    String field = format(vector).equals("cef") ? "cef.severity" : "log.syslog.severity.code";
    assertThat(parsed.get(field)).isEqualTo(value.asText());
  }

  private static int priority(Parsed parsed) {
    return Integer.parseInt(parsed.get("log.syslog.facility.code")) * 8
        + Integer.parseInt(parsed.get("log.syslog.severity.code"));
  }

  private static void structured(Parsed parsed, JsonNode elements) {
    elements
        .properties()
        .forEach(
            element ->
                named(
                    parsed,
                    "log.syslog.structured_data." + element.getKey() + ".",
                    element.getValue()));
  }

  private static void named(Parsed parsed, String prefix, JsonNode values) {
    values
        .properties()
        .forEach(
            pair -> {
              assertThat(parsed.fields()).containsKey(prefix + pair.getKey());
              assertThat(parsed.get(prefix + pair.getKey())).isEqualTo(pair.getValue().asText());
            });
  }

  /** RFC 5424 allows offsets up to 23:59, java.time up to 18:00. */
  private static Instant instant(String text) {
    if (text.endsWith("Z")) {
      return Instant.parse(text);
    }
    int sign = text.length() - 6;
    var local = LocalDateTime.parse(text.substring(0, sign)).toInstant(ZoneOffset.UTC);
    var offset = Duration.between(LocalTime.MIN, LocalTime.parse(text.substring(sign + 1)));
    return text.charAt(sign) == '+' ? local.minus(offset) : local.plus(offset);
  }

  /** The text of a time without year or zone, read as the UTC the test's origin says. */
  private static void time(Parsed parsed, String text) {
    String pattern =
        (text.charAt(2) == '-' ? "dd-MMM-yyyy HH:mm:ss" : "MMM d HH:mm:ss")
            + (text.contains(".") ? ".SSS" : "");
    var format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    assertThat(format.format(parsed.at())).isEqualTo(text.replaceAll(" +", " "));
  }

  private static Stream<JsonNode> vectors(Path file) throws IOException {
    var mapper = new ObjectMapper();
    return Files.readAllLines(file).stream()
        .map(
            line -> {
              try {
                return mapper.readTree(line);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private static boolean isDatagram(JsonNode vector) {
    return vector.path("framing").asText().equals("udp-datagram");
  }

  private static String format(JsonNode vector) {
    return vector.get("format").asText();
  }

  private static String text(JsonNode vector, int most) {
    String input = vector.get("input").asText();
    return input.length() > most ? input.substring(0, most) : input;
  }
}
