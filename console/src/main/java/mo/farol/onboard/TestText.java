package mo.farol.onboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * What a test line says, written as each kind of sender writes it.
 *
 * @param at when
 * @param text the message
 */
record TestText(Instant at, String text) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of an agency, sent by somebody. */
  static TestText of(Instant at, String agency, String by) {
    return new TestText(at, "Test line of %s, sent by %s from the console".formatted(agency, by));
  }

  /** RFC 5424, without a frame. */
  byte[] syslog() {
    return "<14>1 %s farol test-line - - - %s".formatted(at, text).getBytes(UTF_8);
  }

  /** As Beats write it. */
  byte[] beat() {
    var node = event();
    node.putObject("host").put("name", "farol");
    return node.toString().getBytes(UTF_8);
  }

  /** As Logback writes it. */
  byte[] logback() {
    var node = event();
    node.put("@version", "1").put("logger_name", "test-line").put("level", "INFO");
    return node.put("host", "farol").toString().getBytes(UTF_8);
  }

  /** A request of OTLP/HTTP in JSON. */
  byte[] otlp() {
    var root = JSON.createObjectNode();
    var resource = root.putArray("resourceLogs").addObject();
    var name = resource.putObject("resource").putArray("attributes").addObject();
    name.put("key", "host.name").putObject("value").put("stringValue", "farol");
    var record = resource.putArray("scopeLogs").addObject().putArray("logRecords").addObject();
    record.put("timeUnixNano", at.toEpochMilli() + "000000").put("severityText", "INFO");
    record.putObject("body").put("stringValue", text);
    return root.toString().getBytes(UTF_8);
  }

  private ObjectNode event() {
    return JSON.createObjectNode().put("@timestamp", at.toString()).put("message", text);
  }
}
