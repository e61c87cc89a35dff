package mo.farol.elastic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import mo.farol.post.Posting;
import mo.farol.wire.Frames;
import mo.farol.wire.Leaks;
import mo.farol.wire.Packed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Batches that are damaged, too long, too many, or come at a bad time: nothing is lost or loops.
 */
@ExtendWith(Leaks.class)
class BulkTroubleTest {
  private final Posting posting = new Posting(Elasticsearch::new);

  @AfterEach
  void close() {
    posting.close();
  }

  @Test
  void what_is_poison_is_kept_raw_and_never_makes_a_shipper_drop_or_loop() {
    String answer =
        posting.post(
            "/_bulk?filter_path=errors,items.*.status",
            """
            {"index":{}}
            not json at all
            stray line
            {"frob":{}}
            {"index":{}}

            {"create":{}}
            """);
    assertThat(Posting.body(answer))
        .isEqualTo(
            "{\"errors\":false,\"items\":[{\"index\":{\"status\":201}},{\"index\":{\"status\":201}},{\"create\":{\"status\":201}}]}");
    assertThat(posting.log.texts())
        .containsExactly(
            "{\"index\":{}}\nnot json at all",
            "stray line",
            "{\"frob\":{}}",
            "{\"index\":{}}\n",
            "{\"create\":{}}");
  }

  @Test
  void a_long_document_is_cut_marked_and_answered() {
    String answer =
        posting.post(
            "/_bulk?filter_path=items.*.status",
            "{\"index\":{}}\n{\"a\":\"" + "x".repeat(70_000) + "\"}\n{\"index\":{}}\n{}\n");
    assertThat(answer).contains("201}},{\"index");
    var batch = posting.log.blocks().getFirst().frames();
    assertThat(batch.original(0))
        .contains(Frames.original("{\"index\":{}}\n{\"a\":\"" + "x".repeat(70_000) + "\"}"));
    assertThat(batch.end(0)).isEqualTo(64 << 10);
    assertThat(batch.marks(1)).isZero();
  }

  @Test
  void of_too_many_items_the_first_are_kept_and_each_of_the_rest_is_to_come_again()
      throws Exception {
    int most = BulkBody.MOST_ITEMS;
    String body =
        "{\"create\":{}}\n{}\n".repeat(most) + "stray\n{\"delete\":{}}\n{\"index\":{}}\n{}";
    for (String query : new String[] {"", "?filter_path=took", "?filter_path=items.*.error"}) {
      long before = posting.log.received();
      var json = new ObjectMapper().readTree(Posting.body(posting.post("/_bulk" + query, body)));
      assertThat(json.get("errors").asBoolean()).as(query).isTrue();
      assertThat(json.get("items")).hasSize(most + 2);
      assertThat(json.get("items").get(most - 1).get("create").get("status").asInt())
          .isEqualTo(201);
      assertThat(json.get("items").get(most).get("delete").get("status").asInt()).isEqualTo(429);
      assertThat(json.get("items").get(most + 1).get("index").get("status").asInt()).isEqualTo(429);
      assertThat(posting.log.received() - before).as("with the stray line").isEqualTo(most + 1);
    }
    assertThat(posting.counter("farol_intake_refused_total", "reason", "items")).isEqualTo(3);
  }

  @Test
  void a_flood_of_lines_is_413_long_before_it_has_unpacked() throws Exception {
    byte[] flood = Packed.gzip("x\n".repeat(9_000_000).getBytes(UTF_8));
    assertThat(posting.send("POST /_bulk", flood, "Content-Encoding: gzip"))
        .startsWith("HTTP/1.1 413");
    assertThat(posting.log.received()).isZero();
  }

  @Test
  void a_body_that_cant_be_unpacked_is_kept_as_sent_and_not_asked_for_again() throws Exception {
    byte[] packed = Packed.gzip("{\"index\":{}}\n{\"n\":1}\n".getBytes(UTF_8));
    byte[] wrongSum = packed.clone();
    wrongSum[packed.length - 6] ^= 1;
    assertThat(Posting.body(posting.send("POST /_bulk", wrongSum, "Content-Encoding: gzip")))
        .contains("\"errors\":false,\"items\":[{\"index\":", "\"status\":201}}]");
    assertThat(frame(0)).isEqualTo("{\"index\":{}}\n{\"n\":1}".getBytes(UTF_8));
    assertThat(frame(1)).isEqualTo(wrongSum);
    assertThat(posting.counter("farol_intake_refused_total", "reason", "body")).isEqualTo(1);
  }

  @Test
  void a_body_cut_short_or_not_packed_at_all_is_kept_wherever_it_is_split() throws Exception {
    byte[] packed = Packed.gzip("{\"index\":{}}\n{\"n\":1}\n".getBytes(UTF_8));
    for (byte[] body : new byte[][] {Arrays.copyOf(packed, 20), "oops".getBytes(UTF_8)}) {
      byte[] request = Posting.request("POST /_bulk", body, "Content-Encoding: gzip");
      for (int at = request.length - body.length; at < request.length; at++) {
        try (var other = new Posting(Elasticsearch::new)) {
          other.take(request, 0, at);
          other.take(request, at, request.length);
          assertThat(other.answers()).startsWith("HTTP/1.1 200").contains("\"errors\":false");
          var kept = other.log.blocks().getFirst().frames();
          int last = kept.count() - 1;
          assertThat(Arrays.copyOfRange(kept.bytes(), kept.start(last), kept.end(last)))
              .as("at %d", at)
              .isEqualTo(body);
        }
      }
    }
  }

  @Test
  void of_a_long_body_that_cant_be_unpacked_the_start_is_kept_and_what_it_was() {
    String body = "no zstd ".repeat(20_000);
    assertThat(posting.send("POST /_bulk", body.getBytes(UTF_8), "Content-Encoding: zstd"))
        .startsWith("HTTP/1.1 200");
    var batch = posting.log.blocks().getFirst().frames();
    assertThat(batch.original(0)).contains(Frames.original(body));
    assertThat(batch.end(0)).isEqualTo(64 << 10);
  }

  @Test
  void trouble_that_passes_is_503_and_only_bad_credentials_are_401() {
    posting.log.fail(true);
    assertThat(posting.post("/_bulk", "{\"index\":{}}\n{}\n"))
        .startsWith("HTTP/1.1 503")
        .contains("Retry-After: 2", "es_rejected_execution_exception");
    posting.log.fail(false);
    posting.log.pretendPending(65L << 20);
    assertThat(posting.post("/_bulk", "{\"index\":{}}\n{}\n")).startsWith("HTTP/1.1 503");
    assertThat(posting.post("/_bulk", "", "Authorization: Basic bm9ib2R5Ondyb25n"))
        .startsWith("HTTP/1.1 401")
        .contains("security_exception", "WWW-Authenticate: Basic");
    assertThat(posting.log.received()).isZero();
  }

  @Test
  void a_body_that_comes_no_further_may_be_sent_again() {
    byte[] request = Posting.request("POST /_bulk", new byte[40]);
    posting.take(request, 0, request.length - 1);
    posting.idle(35);
    assertThat(posting.answers()).startsWith("HTTP/1.1 503").contains("Retry-After: 10");
    assertThat(posting.counter("farol_intake_refused_total", "reason", "slow")).isEqualTo(1);
  }

  private byte[] frame(int i) {
    var frames = posting.log.blocks().getFirst().frames();
    return Arrays.copyOfRange(frames.bytes(), frames.start(i), frames.end(i));
  }
}
