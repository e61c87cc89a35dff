package mo.farol.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import org.junit.jupiter.api.Test;

/** What stands around an event in the protocols over HTTP. */
class EnvelopesTest {
  @Test
  void a_bulk_items_document_is_the_event_and_its_id_the_events() {
    var event =
        parsed(
            "bulk",
            "{\"create\":{\"_index\":\"logs-a\",\"_id\":\"x\\u0041\"}}\n"
                + "{\"@timestamp\":\"2026-11-24T10:00:00Z\",\"message\":\"hi\"}");
    assertThat(event.rejection()).isEmpty();
    assertThat(event.at()).isEqualTo(Instant.parse("2026-11-24T10:00:00Z"));
    assertThat(event.get("message")).isEqualTo("hi");
    assertThat(event.get("event.id")).isEqualTo("xA");
    assertThat(event.get("bulk.index")).isEqualTo("logs-a");
  }

  @Test
  void bulk_lines_that_are_no_item_are_rejected_with_a_reason() {
    assertThat(parsed("bulk", "stray").rejection()).isEqualTo("a line that is no bulk action");
    assertThat(parsed("bulk", "{\"delete\":{\"_id\":\"x\"}}").rejection())
        .contains("without a document");
    var broken = parsed("bulk", "{\"index\":{\"_id\":\"7\"}}\nnot json");
    assertThat(broken.rejection()).contains("JSON");
    assertThat(broken.get("message")).contains("not json");
  }

  @Test
  void a_hec_objects_time_host_and_fields_stand_beside_its_event() {
    for (String time : new String[] {"1764000000.250", "\"1764000000.250\"", "1764000000250"}) {
      var event =
          parsed(
              "hec",
              "{\"time\":%s,\"host\":\"web1\",\"source\":\"/var/log/a\",\"sourcetype\":\"app\",\"index\":\"main\",\"event\":{\"level\":\"error\",\"msg\":\"no\"},\"fields\":{\"zone\":\"b\"}}"
                  .formatted(time));
      assertThat(event.rejection()).isEmpty();
      assertThat(event.at()).isEqualTo(Instant.ofEpochMilli(1764000000250L));
      assertThat(event.get("host.name")).isEqualTo("web1");
      assertThat(event.get("hec.source")).isEqualTo("/var/log/a");
      assertThat(event.get("hec.sourcetype")).isEqualTo("app");
      assertThat(event.get("hec.index")).isEqualTo("main");
      assertThat(event.get("message")).isEqualTo("no");
      assertThat(event.get("zone")).isEqualTo("b");
      assertThat(event.severity()).isEqualTo(3);
    }
  }

  @Test
  void a_hec_event_may_be_a_text_and_a_text_may_be_of_a_known_kind() {
    assertThat(parsed("hec", "{\"event\":\"say \\\"hi\\\"\"}").get("message"))
        .isEqualTo("say \"hi\"");
    assertThat(parsed("hec", "{\"event\":42}").get("message")).isEqualTo("42");
    var cef = parsed("hec", "{\"event\":\"CEF:0|V|P|1|7|Name|5|src=192.0.2.1\"}");
    assertThat(cef.get("source.ip")).isEqualTo("192.0.2.1");
    assertThat(parsed("hec", "{\"host\":\"a\"}").rejection()).contains("without an event");
    assertThat(parsed("hec", "{\"event\":1,").rejection()).isNotEmpty();
  }

  @Test
  void a_raw_line_of_hec_is_read_behind_its_query() {
    var line =
        parsed(
            "hec.raw",
            "{\"host\":\"web1\",\"time\":\"1764000000\"}\n<34>Oct 11 22:14:15 mymachine su: no");
    assertThat(line.get("log.syslog.appname")).isEqualTo("su");
    assertThat(line.get("message")).isEqualTo("no");
    assertThat(parsed("hec.raw", "{\"host\":\"web1\"}\nplain").get("message")).isEqualTo("plain");
  }

  private static final String RECORD =
      """
      {"resourceLogs":[{"resource":{"attributes":[
        {"key":"service.name","value":{"stringValue":"shop"}},
        {"key":"host.name","value":{"stringValue":"web1"}}]},
      "scopeLogs":[{"scope":{"name":"shop.Cart"},"logRecords":[{
        "timeUnixNano":"1764000000250000000","observedTimeUnixNano":"1764000001000000000",
        "severityNumber":17,"severityText":"ERROR","eventName":"cart.failed",
        "body":%s,"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174",
        "attributes":[{"key":"exception.type","value":{"stringValue":"E"}},
          {"key":"n","value":{"intValue":"7"}},
          {"key":"ok","value":{"boolValue":true}},
          {"key":"agency","value":{"stringValue":"other"}},
          {"key":"list","value":{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":2}]}}},
          {"key":"map","value":{"kvlistValue":{"values":[{"key":"in","value":{"stringValue":"x"}}]}}}]
      }]}]}]}\
      """;

  @Test
  void an_otlp_record_in_json_has_ecs_names() {
    var event = parsed("otlp", RECORD.formatted("{\"stringValue\":\"it failed\"}"));
    assertThat(event.rejection()).isEmpty();
    assertThat(event.at()).isEqualTo(Instant.ofEpochMilli(1764000000250L));
    assertThat(event.severity()).isEqualTo(3);
    assertThat(event.fields())
        .containsEntry("message", "it failed")
        .containsEntry("log.level", "ERROR")
        .containsEntry("event.action", "cart.failed")
        .containsEntry("event.created", "2025-11-24T16:00:01Z")
        .containsEntry("trace.id", "5b8efff798038103d269b633813fc60c")
        .containsEntry("span.id", "eee19b7ec3c1b174")
        .containsEntry("log.logger", "shop.Cart")
        .containsEntry("service.name", "shop")
        .containsEntry("host.name", "web1")
        .containsEntry("exception.type", "E")
        .containsEntry("error.type", "E")
        .containsEntry("n", "7")
        .containsEntry("ok", "true")
        .containsEntry("otlp.agency", "other")
        .containsEntry("list", "a|2")
        .containsEntry("map.in", "x");
  }

  @Test
  void an_otlp_body_that_is_a_map_gives_fields_and_a_message() {
    var event =
        parsed(
            "otlp",
            RECORD.formatted(
                "{\"kvlistValue\":{\"values\":[{\"key\":\"user.name\",\"value\":{\"stringValue\":\"ana\"}}]}}"));
    assertThat(event.get("user.name")).isEqualTo("ana");
    assertThat(event.get("message")).contains("user.name=ana");
  }

  @Test
  void depth_and_width_of_otlp_are_bounded() {
    String deep = "{\"arrayValue\":{\"values\":[".repeat(30) + "]}}".repeat(30);
    assertThat(parsed("otlp", RECORD.formatted(deep)).rejection()).isEmpty();
    String wide =
        "{\"arrayValue\":{\"values\":[" + "{\"intValue\":1},".repeat(5000) + "{\"intValue\":1}]}}";
    assertThat(parsed("otlp", RECORD.formatted(wide)).get("farol.note")).contains("more values");
  }

  @Test
  void no_bytes_make_an_envelope_fail() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("EnvelopesTest seed=" + seed);
    var random = new Random(seed);
    String[] good = {
      "{\"create\":{\"_index\":\"a\",\"_id\":\"b\"}}\n{\"n\":1}",
      "{\"time\":1,\"host\":\"a\",\"event\":\"b\\n\",\"fields\":{\"c\":1}}",
      RECORD.formatted("{\"stringValue\":\"x\"}"),
      "\n\020\n\006\n\004\n\002ab\022\006\022\004*\002\n\0001"
    };
    for (int round = 0; round < 20_000; round++) {
      byte[] bad = good[random.nextInt(good.length)].getBytes(ISO_8859_1);
      for (int i = 0; i <= random.nextInt(4); i++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      for (String format : new String[] {"bulk", "hec", "hec.raw", "otlp"}) {
        assertThat(parsed(format, bad).rejection()).as("seed %d", seed).doesNotContain("report it");
      }
    }
  }

  private static Parsed parsed(String format, String frame) {
    return Parsed.of(frame, origin(format), Parsed.RECEIVED);
  }

  private static final Parser PARSER = new Parser(ParseConfig.defaults());

  private static Parsed parsed(String format, byte[] frame) {
    var frames = new FrameBatch.Builder();
    frames.add(frame, 0, frame.length, (byte) 0);
    var batch = new EventBatch();
    PARSER.parse(frames.build(origin(format), Micros.of(Parsed.RECEIVED)), 0, 0, batch);
    return Parsed.of(batch, 0);
  }

  private static Origin origin(String format) {
    return new Origin("agency-a", "http", "192.0.2.9", "", false, format, 0, "UTC");
  }
}
