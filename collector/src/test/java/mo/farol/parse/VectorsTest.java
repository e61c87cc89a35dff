package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import mo.farol.event.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Messages of many parsers' own tests, with the fields that must come out. Where ours rightly gives
 * something else, {@code vectors.exceptions} says so and why, line by line.
 */
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
          Map.entry("level", "log.level"),
          Map.entry("flags", "named.query_flags"),
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

  private static final List<String> FACILITIES =
      List.of(
          "kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp audit alert clock"
              .split(" ", -1));
  private static final List<String> SEVERITIES =
      List.of("emerg alert crit err warn notice info debug".split(" ", -1));

  private final VectorExceptions exceptions = VectorExceptions.read();

  @TestFactory
  Stream<DynamicTest> a_vector_gives_the_fields_it_expects() throws IOException {
    return tested()
        .filter(vector -> !exceptions.holds("vector", id(vector)))
        .map(
            vector ->
                dynamicTest(
                    format(vector) + " " + id(vector) + " " + text(vector, 60),
                    () -> check(vector)));
  }

  @TestFactory
  Stream<DynamicTest> a_vector_is_an_exception_as_long_as_it_fails() throws IOException {
    var tested = tested().toList();
    return exceptions
        .of("vector")
        .map(
            id ->
                dynamicTest(
                    id,
                    () -> {
                      var one = tested.stream().filter(v -> id(v).equals(id)).findFirst();
                      assertThat(one).as("a vector with this id").isPresent();
                      assertThatThrownBy(() -> check(one.orElseThrow()))
                          .as("vectors.exceptions: %s fails no longer, remove its line", id)
                          .isInstanceOf(AssertionError.class);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> a_key_is_an_exception_as_long_as_an_event_has_no_field_with_its_value()
      throws IOException {
    var tested = tested().toList();
    return Stream.of("key", "best-effort")
        .flatMap(
            kind ->
                exceptions
                    .of(kind)
                    .map(
                        name ->
                            dynamicTest(
                                kind + " " + name,
                                () ->
                                    assertThat(isMissing(tested, kind, name))
                                        .as("vectors.exceptions: remove '%s %s'", kind, name)
                                        .isTrue())));
  }

  private static boolean isMissing(List<JsonNode> tested, String kind, String name) {
    return tested.stream().anyMatch(vector -> isMissing(vector, expected(vector, kind), name));
  }

  private static Stream<JsonNode> tested() throws IOException {
    var file = SharedData.find("log-vectors/vectors.jsonl");
    Assumptions.assumeTrue(
        file.isPresent(), "SKIPPED: shared/data/log-vectors is absent: no vector was tested");
    return vectors(file.orElseThrow())
        .filter(vector -> !STREAMS.contains(format(vector)) || isDatagram(vector));
  }

  private void check(JsonNode vector) {
    var parsed = Parsed.of(vector.get("input").asText());
    if (!vector.get("valid").asBoolean()) {
      assertThat(parsed.rejection()).isNotEmpty();
      assertThat(parsed.get("message")).isEqualTo(vector.get("input").asText());
      all(vector, parsed, "best-effort");
    } else {
      assertThat(parsed.rejection()).isEmpty();
      all(vector, parsed, "key");
    }
  }

  private void all(JsonNode vector, Parsed parsed, String kind) {
    expected(vector, kind)
        .properties()
        .forEach(
            pair -> {
              if (!exceptions.holds(kind, pair.getKey())) {
                field(vector, parsed, pair.getKey(), pair.getValue());
              }
            });
  }

  private static JsonNode expected(JsonNode vector, String kind) {
    var expected = vector.path(kind.equals("key") ? "expected" : "best_effort");
    return expected.isArray() ? expected.get(0) : expected;
  }

  // Whether a value, or one of those it holds, stands in no field of the event.
  private static boolean isMissing(JsonNode vector, JsonNode expected, String name) {
    var values = Parsed.of(vector.get("input").asText()).fields().values();
    var value = expected;
    for (String part : name.split("\\.", -1)) {
      value = value.path(part);
    }
    return texts(value).anyMatch(text -> !values.contains(text));
  }

  private static Stream<String> texts(JsonNode value) {
    return value.isContainerNode()
        ? value.valueStream().flatMap(VectorsTest::texts)
        : value.isNull() || value.isMissingNode() ? Stream.of() : Stream.of(value.asText());
  }

  private void field(JsonNode vector, Parsed parsed, String key, JsonNode value) {
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
      case "structured_data_flat_underscore" -> flat(parsed, key, value);
      case "extension" -> named(parsed, "cef.extensions.", value);
      case "attributes" -> named(parsed, "leef.attributes.", value);
      case "severity" -> severity(vector, parsed, value);
      case "syslog_facility" ->
          assertThat(facility(value.asText())).isEqualTo(code(parsed, "facility"));
      case "syslog_severity" ->
          assertThat(SEVERITIES.indexOf(value.asText())).isEqualTo(code(parsed, "severity"));
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
    return code(parsed, "facility") * 8 + code(parsed, "severity");
  }

  private static int code(Parsed parsed, String name) {
    return Integer.parseInt(parsed.get("log.syslog." + name + ".code"));
  }

  private static int facility(String word) {
    int local = FACILITIES.size() + Character.digit(word.charAt(word.length() - 1), 8);
    return word.startsWith("local") ? local : FACILITIES.indexOf(word);
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

  // Element and parameter joined by an underscore.
  private void flat(Parsed parsed, String key, JsonNode values) {
    values
        .properties()
        .forEach(
            pair -> {
              if (!exceptions.holds("key", key + "." + pair.getKey())) {
                String name = pair.getKey().replaceFirst("_", ".");
                assertThat(parsed.get("log.syslog.structured_data." + name))
                    .isEqualTo(pair.getValue().asText());
              }
            });
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

  private static String id(JsonNode vector) {
    return vector.get("id").asText();
  }

  private static String format(JsonNode vector) {
    return vector.get("format").asText();
  }

  private static String text(JsonNode vector, int most) {
    String input = vector.get("input").asText();
    return input.length() > most ? input.substring(0, most) : input;
  }
}
