package mo.farol.otlp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HexFormat;
import java.util.Random;
import mo.farol.post.Posting;
import mo.farol.wire.Leaks;
import mo.farol.wire.Packed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Leaks.class)
class OtlpTest {
  private static final String PROTO = "Content-Type: application/x-protobuf";
  private static final String JSON = "Content-Type: application/json; charset=utf-8";

  private final Posting posting = new Posting(Otlp::new);

  @AfterEach
  void close() {
    posting.close();
  }

  @Test
  void each_record_in_json_is_a_request_of_its_own_with_its_parts_as_written() {
    String answer =
        posting.post(
            "/v1/logs",
            """
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body" : {"stringValue":"a"}},{"n":1}],
            "scope":{"name":"s"},"schemaUrl":"u"},{"logRecords":[]}],"resource":{"attributes":[]}}]}\
            """,
            JSON);
    assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n{}");
    assertThat(posting.log.texts())
        .containsExactly(
            "{\"resourceLogs\":[{\"resource\":{\"attributes\":[]},\"scopeLogs\":[{\"scope\":{\"name\":\"s\"},\"logRecords\":[{\"body\""
                + " : {\"stringValue\":\"a\"}}],\"schemaUrl\":\"u\"}]}]}",
            "{\"resourceLogs\":[{\"resource\":{\"attributes\":[]},\"scopeLogs\":[{\"scope\":{\"name\":\"s\"},\"logRecords\":[{\"n\":1}],\"schemaUrl\":\"u\"}]}]}");
    assertThat(posting.log.blocks().getFirst().frames().origin().format()).isEqualTo("otlp");
  }

  @Test
  void each_record_in_protobuf_is_a_request_of_its_own_with_its_parts_as_sent() {
    byte[] resource = part(1, bytes("RES"));
    byte[] scope = part(1, bytes("SCOPE"));
    byte[] two = join(part(2, bytes("ONE")), part(2, bytes("TWO")));
    // the scope stands behind its records, the resource behind its scopes
    byte[] request = part(1, join(part(2, join(two, scope)), resource));
    String answer = posting.send("POST /v1/logs", request, PROTO);
    assertThat(answer).startsWith("HTTP/1.1 200").contains("application/x-protobuf");
    assertThat(Posting.body(answer)).isEmpty();
    assertThat(frames())
        .containsExactly(
            text(part(1, join(resource, part(2, join(scope, part(2, bytes("ONE"))))))),
            text(part(1, join(resource, part(2, join(scope, part(2, bytes("TWO"))))))));
  }

  @Test
  void an_empty_request_is_a_success() {
    assertThat(posting.send("POST /v1/logs", new byte[0], PROTO)).startsWith("HTTP/1.1 200");
    assertThat(Posting.body(posting.post("/v1/logs", "{}", JSON))).isEqualTo("{}");
    assertThat(posting.log.received()).isZero();
  }

  @Test
  void chunked_and_gzipped_is_understood() throws Exception {
    byte[] body = Packed.gzip(part(1, part(2, part(2, bytes("ONE")))));
    String head =
        "POST /v1/logs HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer secret-b\r\n"
            + PROTO
            + "\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
    var chunks = new StringBuilder(head);
    for (byte b : body) {
      chunks.append("1\r\n").append((char) (b & 0xff)).append("\r\n");
    }
    posting.take(chunks.append("0\r\n\r\n").toString().getBytes(ISO_8859_1));
    assertThat(posting.answers()).startsWith("HTTP/1.1 200");
    assertThat(posting.log.received()).isEqualTo(1);
  }

  @Test
  void what_is_broken_is_told_in_the_encoding_of_the_request() throws Exception {
    for (String hex : new String[] {"0a05", "0aff", "0b", "00", "0a0212ff", "0a0412021207"}) {
      assertThat(posting.send("POST /v1/logs", HexFormat.of().parseHex(hex), PROTO))
          .as(hex)
          .startsWith("HTTP/1.1 400")
          .contains("application/x-protobuf");
    }
    for (String json : new String[] {"[]", "{", "{\"resourceLogs\":[}", "", "x"}) {
      String answer = posting.post("/v1/logs", json, JSON);
      assertThat(answer).as(json).startsWith("HTTP/1.1 400");
      assertThat(new ObjectMapper().readTree(Posting.body(answer)).get("code").asInt())
          .isEqualTo(3);
    }
    assertThat(posting.post("/v1/logs", "x", "Content-Type: text/plain"))
        .startsWith("HTTP/1.1 415");
    assertThat(posting.log.received()).isZero();
  }

  @Test
  void trouble_that_passes_is_503() {
    posting.log.fail(true);
    byte[] request = part(1, part(2, part(2, bytes("ONE"))));
    assertThat(posting.send("POST /v1/logs", request, PROTO))
        .startsWith("HTTP/1.1 503")
        .contains("Retry-After: 2")
        .contains("\u0008\u000e\u0012");
  }

  @Test
  void a_body_that_comes_no_further_may_be_sent_again() {
    byte[] request = Posting.request("POST /v1/logs", new byte[40], PROTO);
    posting.take(request, 0, request.length - 1);
    posting.idle(35);
    assertThat(posting.answers()).startsWith("HTTP/1.1 503").contains("Retry-After: 10");
    assertThat(posting.counter("farol_intake_refused_total", "reason", "slow")).isEqualTo(1);
  }

  @Test
  void a_batch_with_a_large_resource_is_kept_whole_in_more_than_one_append() {
    byte[] resource = part(1, new byte[6 << 10]);
    for (int round = 0; round < 2; round++) {
      assertThat(posting.send("POST /v1/logs", request(resource, 8_192), PROTO))
          .startsWith("HTTP/1.1 200")
          .doesNotContain("rejected", "send fewer");
    }
    assertThat(posting.log.received()).isEqualTo(2 * 8_192);
    assertThat(posting.log.blocks()).hasSize(4);
    assertThat(posting.counter("farol_intake_dropped_total", "input", "http.otlp")).isZero();
  }

  @Test
  void nothing_is_answered_before_the_last_part_is_on_disk_nor_is_the_next_request_let_in() {
    posting.log.hold();
    byte[] request = request(part(1, new byte[6 << 10]), 8_192);
    posting.take(Posting.request("POST /v1/logs", request, PROTO));
    posting.take(Posting.request("POST /v1/logs", request(part(1, bytes("R")), 1), PROTO));
    posting.log.release();
    posting.log.hold();
    assertThat(posting.answers()).isEmpty();
    assertThat(posting.log.received()).isEqualTo(8_192);
    posting.log.release();
    assertThat(posting.answers().split("HTTP/1.1 200", -1)).hasSize(3);
    assertThat(posting.log.received()).isEqualTo(8_193);
  }

  @Test
  void where_a_later_part_fails_all_comes_again_and_what_was_kept_is_marked() {
    posting.log.hold();
    byte[] request = request(part(1, new byte[6 << 10]), 8_192);
    posting.take(Posting.request("POST /v1/logs", request, PROTO));
    posting.log.release();
    posting.log.hold();
    posting.answers();
    posting.log.fail(true);
    posting.log.release();
    assertThat(posting.answers()).startsWith("HTTP/1.1 503");
    posting.log.fail(false);
    int kept = posting.log.texts().size();
    assertThat(kept).isBetween(7_000, 8_191);
    posting.send("POST /v1/logs", request, PROTO);
    assertThat(posting.counter("farol_intake_duplicates_total")).isEqualTo(kept);
  }

  @Test
  void what_is_beyond_the_last_part_is_a_partial_success_and_counted() {
    int most = OtlpBody.MOST_PARTS * Records.MOST_RECORDS;
    byte[] request = {};
    for (int i = 0; i < OtlpBody.MOST_PARTS; i++) {
      request = join(request, request(new byte[0], Records.MOST_RECORDS));
    }
    request = join(request, request(part(1, bytes("TAIL")), 5));
    String answer = posting.send("POST /v1/logs", request, PROTO);
    assertThat(answer).startsWith("HTTP/1.1 200").contains("send fewer records at once");
    assertThat(posting.log.received()).isEqualTo(most);
    assertThat(posting.counter("farol_intake_dropped_total", "input", "http.otlp")).isEqualTo(5);
  }

  // Records of no bytes under one resource.
  private static byte[] request(byte[] resource, int records) {
    byte[] logs = new byte[records * 2];
    for (int i = 0; i < logs.length; i += 2) {
      logs[i] = 2 << 3 | 2;
    }
    return part(1, join(resource, part(2, logs)));
  }

  @Test
  void random_bytes_are_answered_and_never_fail_otherwise() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("OtlpTest seed=" + seed);
    var random = new Random(seed);
    byte[] good =
        part(
            1,
            join(part(1, bytes("R")), part(2, join(part(1, bytes("S")), part(2, bytes("LOG"))))));
    String json = "{\"resourceLogs\":[{\"resource\":{},\"scopeLogs\":[{\"logRecords\":[{}]}]}]}";
    for (int round = 0; round < 2000; round++) {
      byte[] bad = round % 2 == 0 ? good.clone() : json.getBytes(UTF_8);
      for (int i = 0; i <= random.nextInt(3); i++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      String answer = posting.send("POST /v1/logs", bad, round % 2 == 0 ? PROTO : JSON);
      assertThat(answer).as("seed %d: %s", seed, text(bad)).containsAnyOf("200 OK", "400 Bad");
    }
  }

  private java.util.List<String> frames() {
    var frames = posting.log.blocks().getFirst().frames();
    return java.util.stream.IntStream.range(0, frames.count())
        .mapToObj(
            i ->
                new String(
                    frames.bytes(), frames.start(i), frames.end(i) - frames.start(i), ISO_8859_1))
        .toList();
  }

  private static byte[] part(int field, byte[] value) {
    byte[] head =
        value.length < 128
            ? new byte[] {(byte) (field << 3 | 2), (byte) value.length}
            : new byte[] {
              (byte) (field << 3 | 2),
              (byte) (value.length & 0x7f | 0x80),
              (byte) (value.length >> 7 & 0x7f | 0x80),
              (byte) (value.length >> 14)
            };
    return join(head, value);
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
