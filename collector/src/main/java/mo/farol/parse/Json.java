package mo.farol.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import mo.farol.event.Fields;
import mo.farol.event.Micros;
import mo.farol.event.Severity;

/**
 * One JSON object (RFC 8259) as fields: nested names joined by dots, arrays as repeated values,
 * null as absent. Names of Windows, Zeek and GELF events are kept and copied to their ECS field.
 */
final class Json implements Dialect {
  private static final byte[] WINDOWS = Cursor.ascii("windows");
  private static final int CHANNEL = Fields.id("Channel");
  private static final int ZEEK_LOG = Fields.id("log");

  private static final Map<String, Integer> ECS =
      Map.ofEntries(
          Map.entry("Computer", Fields.HOST_NAME),
          Map.entry("host", Fields.HOST_NAME),
          Map.entry("hostname", Fields.HOST_NAME),
          Map.entry("short_message", Fields.MESSAGE),
          Map.entry("msg", Fields.MESSAGE),
          Map.entry("id.orig_h", Fields.SOURCE_IP),
          Map.entry("id.orig_p", Fields.SOURCE_PORT),
          Map.entry("id.resp_h", Fields.DESTINATION_IP),
          Map.entry("id.resp_p", Fields.DESTINATION_PORT),
          Map.entry("orig_bytes", Name.SOURCE_BYTES),
          Map.entry("resp_bytes", Name.DESTINATION_BYTES),
          Map.entry("query", Name.DNS_QUESTION),
          Map.entry("qtype_name", Name.DNS_TYPE),
          Map.entry("src_ip", Fields.SOURCE_IP),
          Map.entry("src_port", Fields.SOURCE_PORT),
          Map.entry("dest_ip", Fields.DESTINATION_IP),
          Map.entry("dest_port", Fields.DESTINATION_PORT),
          Map.entry("proto", Name.TRANSPORT),
          Map.entry("IpAddress", Fields.SOURCE_IP),
          Map.entry("SourceIp", Fields.SOURCE_IP),
          Map.entry("DestinationIp", Fields.DESTINATION_IP),
          Map.entry("DestinationPort", Fields.DESTINATION_PORT),
          Map.entry("Image", Name.EXECUTABLE),
          Map.entry("NewProcessName", Name.EXECUTABLE),
          Map.entry("CommandLine", Name.COMMAND_LINE),
          Map.entry("ParentImage", Name.PARENT_EXECUTABLE),
          Map.entry("ParentCommandLine", Name.PARENT_COMMAND_LINE),
          Map.entry("TargetFilename", Name.FILE_PATH));

  /** Windows writes DOMAIN\\name; ECS wants the name. */
  private static final Map<String, Integer> ACCOUNTS =
      Map.of(
          "User", Fields.USER_NAME,
          "TargetUserName", Fields.USER_NAME,
          "SubjectUserName", Name.EFFECTIVE_USER);

  private static final Map<String, Integer> TIMES =
      Map.of("@timestamp", 0, "timestamp", 1, "time", 2, "ts", 3, "TimeCreated", 4, "UtcTime", 5);

  private final ParseConfig config;
  private final Times times;
  private final Cursor clock = new Cursor();
  private final JsonFactory factory;
  private int keys;
  private int timeRank;
  private boolean hasMessage;
  private boolean hasDataset;

  Json(ParseConfig config, Times times) {
    this.config = config;
    this.times = times;
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(config.jsonDepth())
                    .maxNameLength(1_024)
                    .maxNumberLength(200)
                    .build())
            .build();
  }

  @Override
  public void read(Line line) {
    var c = line.cursor;
    keys = 0;
    timeRank = TIMES.size();
    hasMessage = false;
    hasDataset = false;
    try (JsonParser json = factory.createParser(c.bytes, c.at, c.end - c.at)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        line.reject("JSON: not an object");
        return;
      }
      object(json, "", line);
      if (json.nextToken() != null) {
        line.reject("JSON: something after the object");
      }
    } catch (StreamConstraintsException e) {
      line.reject(reason(e, config));
    } catch (IOException e) {
      line.reject("JSON: " + first(e));
    }
    if (!hasMessage && line.rejection == null) {
      line.message(c.at, c.end); // so that free text finds what no field of its own holds
    }
  }

  private void object(JsonParser json, String prefix, Line line) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = prefix.isEmpty() ? json.currentName() : prefix + "." + json.currentName();
      json.nextToken();
      value(json, name, line);
    }
  }

  private void value(JsonParser json, String name, Line line) throws IOException {
    switch (json.currentToken()) {
      case START_OBJECT -> object(json, name, line);
      case START_ARRAY -> {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          value(json, name, line);
        }
      }
      case VALUE_NULL -> {}
      default -> scalar(json, name, line);
    }
  }

  private void scalar(JsonParser json, String name, Line line) throws IOException {
    if (++keys > config.jsonKeys()) {
      return;
    }
    String text = json.getText();
    int field = Fields.id(name);
    line.into.addText(field, text);
    if (field == Fields.MESSAGE) {
      hasMessage = true;
    } else if (field == Fields.EVENT_DATASET) {
      hasDataset = true;
    }
    known(line, name, field, text);
    time(line, name, json, text);
  }

  private void known(Line line, String name, int field, String text) {
    var ecs = ECS.get(name);
    if (ecs != null && (ecs != Fields.MESSAGE || !hasMessage)) {
      line.into.addText(ecs, text);
      hasMessage |= ecs == Fields.MESSAGE;
      line.hasHost |= ecs == Fields.HOST_NAME;
    }
    var account = ACCOUNTS.get(name);
    if (account != null) {
      line.into.addText(account, text.substring(text.lastIndexOf('\\') + 1));
    }
    if (field == CHANNEL && !hasDataset) {
      line.put(Fields.EVENT_DATASET, WINDOWS);
      hasDataset = true;
    } else if (field == ZEEK_LOG && text.startsWith("zeek.") && !hasDataset) {
      line.into.addText(Fields.EVENT_DATASET, text);
      hasDataset = true;
    } else if (name.equals("log.level") || name.equals("level")) {
      line.severity = severity(text, line.severity);
    }
  }

  private void time(Line line, String name, JsonParser json, String text) throws IOException {
    var rank = TIMES.get(name);
    if (rank == null || rank >= timeRank) {
      return;
    }
    long at = json.currentToken().isNumeric() ? Times.epoch(json.getDoubleValue()) : instant(text);
    if (at != Micros.NONE) {
      line.occurredAt = at;
      timeRank = rank;
    }
  }

  private long instant(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    clock.over(utf8, 0, utf8.length);
    long at = times.lenient(clock);
    if (at != Micros.NONE || utf8.length == 0 || !Cursor.isDigit(utf8[0])) {
      return at;
    }
    try {
      return Times.epoch(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return Micros.NONE;
    }
  }

  private static Severity severity(String word, Severity otherwise) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "0", "emerg", "emergency", "panic" -> Severity.EMERGENCY;
      case "1", "alert" -> Severity.ALERT;
      case "2", "crit", "critical", "fatal" -> Severity.CRITICAL;
      case "3", "err", "error" -> Severity.ERROR;
      case "4", "warn", "warning" -> Severity.WARNING;
      case "5", "notice" -> Severity.NOTICE;
      case "6", "info", "information", "informational" -> Severity.INFORMATIONAL;
      case "7", "debug", "trace", "verbose" -> Severity.DEBUG;
      default -> otherwise;
    };
  }

  private static String reason(StreamConstraintsException e, ParseConfig config) {
    return String.valueOf(e.getMessage()).contains("nesting depth")
        ? "JSON nested deeper than " + config.jsonDepth()
        : "JSON: " + first(e);
  }

  private static String first(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    String one = end < 0 ? message : message.substring(0, end);
    return one.length() > 160 ? one.substring(0, 160) : one;
  }
}
