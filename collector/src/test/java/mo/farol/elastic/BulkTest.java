package mo.farol.elastic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Random;
import mo.farol.post.Posting;
import mo.farol.wire.Leaks;
import mo.farol.wire.Packed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Batches as they should be, and what their senders read of them. */
@ExtendWith(Leaks.class)
class BulkTest {
  private final Posting posting = new Posting(Elasticsearch::new);

  @AfterEach
  void close() {
    posting.close();
  }

  @Test
  void an_action_and_its_document_are_one_frame_as_sent() {
    String answer =
        posting.post(
            "/_bulk",
            """
            {"index":{"_index":"logs","_id":"7"}}
            {"n": 1}
            {"create" : {}}
            {"n": 2}
            """);
    assertThat(answer).startsWith("HTTP/1.1 200").contains("X-Elastic-Product: Elasticsearch");
    assertThat(posting.log.texts())
        .containsExactly(
            "{\"index\":{\"_index\":\"logs\",\"_id\":\"7\"}}\n{\"n\": 1}",
            "{\"create\" : {}}\n{\"n\": 2}");
    var origin = posting.log.blocks().getFirst().frames().origin();
    assertThat(origin.agency()).isEqualTo("agency-b");
    assertThat(origin.format()).isEqualTo("bulk");
  }

  @Test
  void each_action_is_answered_in_order_with_what_clients_read() throws Exception {
    var json =
        new ObjectMapper()
            .readTree(
                Posting.body(
                    posting.post(
                        "/some-index/_bulk",
                        """
                        {"index":{"_index":"a\\"b","_id":"7"}}
                        {"n":1}
                        {"create":{}}
                        {"n":2}
                        {"delete":{"_id":"x"}}
                        {"update":{"_id":"y"}}
                        {"doc":{}}
                        """)));
    assertThat(json.get("errors").asBoolean()).isFalse();
    assertThat(json.get("items")).hasSize(4);
    var first = json.get("items").get(0).get("index");
    assertThat(first.get("_index").asText()).isEqualTo("a\"b");
    assertThat(first.get("_id").asText()).isEqualTo("7");
    assertThat(first.get("status").asInt()).isEqualTo(201);
    var second = json.get("items").get(1).get("create");
    assertThat(second.get("_index").asText()).isEqualTo("some-index");
    assertThat(second.get("_id").asText()).isEqualTo("1");
    assertThat(second.get("_seq_no").asInt()).isEqualTo(1);
    assertThat(json.get("items").get(2).get("delete").get("status").asInt()).isEqualTo(200);
    assertThat(json.get("items").get(3).get("update").get("result").asText()).isEqualTo("noop");
    assertThat(posting.log.texts()).contains("{\"delete\":{\"_id\":\"x\"}}");
  }

  @Test
  void only_what_filter_path_asks_for_is_answered() {
    String body = "{\"index\":{}}\n{}\n{\"create\":{}}\n{}\n";
    assertThat(
            Posting.body(
                posting.post("/_bulk?filter_path=errors,items.*.error,items.*.status", body)))
        .isEqualTo(
            "{\"errors\":false,\"items\":[{\"index\":{\"status\":201}},{\"create\":{\"status\":201}}]}");
    assertThat(Posting.body(posting.post("/_bulk?filter_path=errors,items.*.error", body)))
        .isEqualTo("{\"errors\":false}");
    assertThat(Posting.body(posting.post("/_bulk?filter_path=took", body)))
        .isEqualTo("{\"took\":1}");
    assertThat(Posting.body(posting.post("/_bulk?filter_path=items", body)))
        .startsWith("{\"items\":[{\"index\":{\"_index\":\"farol\"");
  }

  @Test
  void a_missing_final_newline_an_old_type_and_any_content_type_are_fine() {
    String answer =
        posting.post(
            "/_bulk?filter_path=items.*.status",
            "\r\n{\"index\":{\"_index\":\"e\",\"_type\":\"events\"}}\r\n{\"n\":1}",
            "Content-Type: application/x-www-form-urlencoded");
    assertThat(Posting.body(answer)).isEqualTo("{\"items\":[{\"index\":{\"status\":201}}]}");
    assertThat(posting.log.texts())
        .containsExactly("{\"index\":{\"_index\":\"e\",\"_type\":\"events\"}}\n{\"n\":1}");
  }

  @Test
  void a_long_answer_names_every_item_and_stays_small() throws Exception {
    int items = 8_000;
    String one = "{\"index\":{\"_id\":\"" + "i".repeat(1000) + "\"}}\n{}\n";
    String answer = Posting.body(posting.post("/_bulk", one.repeat(items)));
    assertThat(answer.length()).isLessThan(5 << 20);
    var json = new ObjectMapper().readTree(answer).get("items");
    assertThat(json).hasSize(items);
    assertThat(json.get(items - 1).get("index").get("status").asInt()).isEqualTo(201);
  }

  @Test
  void a_name_longer_than_elasticsearch_takes_is_not_repeated() {
    String longest = "i".repeat(10_000);
    String body = "{\"index\":{\"_id\":\"%1$s\",\"_index\":\"%1$s\"}}\n{}\n".formatted(longest);
    assertThat(Posting.body(posting.post("/_bulk", body)))
        .contains("\"_index\":\"farol\",\"_id\":\"0\"")
        .doesNotContain(longest);
  }

  @Test
  void the_vendors_media_type_comes_back() {
    assertThat(
            posting.post(
                "/_bulk",
                "{\"index\":{}}\n{}\n",
                "Accept: application/vnd.elasticsearch+json; compatible-with=9",
                "Content-Type: application/vnd.elasticsearch+x-ndjson; compatible-with=9"))
        .contains("Content-Type: application/vnd.elasticsearch+json;compatible-with=9");
  }

  @Test
  void the_calls_before_the_first_batch_are_answered_as_expected() {
    String[] calls = {
      "GET /",
      "HEAD /",
      "GET /_license",
      "GET /_xpack",
      "GET /_cluster/health?pretty",
      "GET /_nodes/http",
      "GET /_nodes/_all/http",
      "HEAD /_index_template/filebeat",
      "PUT /_index_template/filebeat",
      "PUT /_template/logstash",
      "GET /_ilm/policy/filebeat",
      "PUT /_ilm/policy/filebeat",
      "GET /_ingest/pipeline/x",
      "PUT /_ingest/pipeline/x",
      "HEAD /_alias/filebeat",
      "PUT /%3Cfilebeat-%7Bnow%2Fd%7D%3E/_alias/filebeat",
      "PUT /_data_stream/logs",
      "HEAD /logs",
      "PUT /logs",
      "GET /logs/_mapping",
      "POST /logs/_refresh",
      "POST /_flush",
      "POST /_monitoring/bulk?system_id=logstash"
    };
    for (String call : calls) {
      assertThat(posting.send(call, call.startsWith("P") ? "{}".getBytes(UTF_8) : new byte[0]))
          .as(call)
          .startsWith("HTTP/1.1 200")
          .contains("X-Elastic-Product: Elasticsearch");
    }
    assertThat(posting.send("GET /", new byte[0])).contains("\"number\":\"8.").contains("You Know");
    assertThat(posting.send("GET /_nodes/http", new byte[0]))
        .contains("\"publish_address\":\"farol:5580\"");
    assertThat(posting.log.received()).isZero();
  }

  @Test
  void nothing_that_holds_events_is_swallowed_by_a_kind_word() {
    assertThat(posting.post("/logs", "{\"n\":1}")).startsWith("HTTP/1.1 405");
    assertThat(posting.post("/logs/events", "{\"n\":1}")).startsWith("HTTP/1.1 404");
    assertThat(posting.post("/_reindex", "{\"n\":1}")).startsWith("HTTP/1.1 404");
    assertThat(posting.send("GET /_bulk", new byte[0])).startsWith("HTTP/1.1 405");
  }

  @Test
  void a_document_by_itself_is_a_frame() {
    assertThat(posting.post("/logs/_doc", "{\n \"n\": 1\n}"))
        .startsWith("HTTP/1.1 201")
        .contains("\"_index\":\"logs\"", "\"result\":\"created\"");
    assertThat(posting.send("PUT /logs/_create/7", "{\"n\":2}".getBytes(UTF_8)))
        .startsWith("HTTP/1.1 201");
    assertThat(posting.log.texts()).containsExactly("{\n \"n\": 1\n}", "{\"n\":2}");
  }

  @Test
  void a_request_split_anywhere_gives_the_same_frames() throws Exception {
    byte[] body =
        Packed.gzip(
            "{\"index\":{}}\n{\"n\":1}\n{\"delete\":{}}\nstray\n{\"create\":{}}\n{}"
                .getBytes(UTF_8));
    byte[] request = Posting.request("POST /_bulk", body, "Content-Encoding: gzip");
    for (int at = 1; at < request.length; at++) {
      try (var other = new Posting(Elasticsearch::new)) {
        other.take(request, 0, at);
        other.take(request, at, request.length);
        assertThat(other.answers()).as("at %d", at).startsWith("HTTP/1.1 200");
        assertThat(other.log.texts())
            .as("at %d", at)
            .containsExactly(
                "{\"index\":{}}\n{\"n\":1}", "{\"delete\":{}}", "stray", "{\"create\":{}}\n{}");
      }
    }
  }

  @Test
  void random_bodies_lose_no_line_and_give_an_answer_that_is_json() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("BulkTest seed=" + seed);
    var random = new Random(seed);
    String[] parts = {
      "{\"index\":{}}",
      "{\"create\":{\"_id\":\"a\\u00e9\"}}",
      "{\"delete\":{}}",
      "{\"n\":1}",
      "\n",
      "\n",
      "\r\n",
      "{",
      "}",
      "\"",
      "\\",
      "[[[[",
      " ",
      "\u0000",
      "é"
    };
    for (int round = 0; round < 2000; round++) {
      var body = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        body.append(parts[random.nextInt(parts.length)]);
      }
      try (var other = new Posting(Elasticsearch::new)) {
        String answer = other.post("/_bulk", body.toString());
        assertThat(answer).as("seed %d: %s", seed, body).startsWith("HTTP/1.1 200");
        new ObjectMapper().readTree(Posting.body(answer));
        String kept = String.join("", other.log.texts()).replaceAll("[\\s]", "");
        assertThat(kept).as("seed %d", seed).isEqualTo(body.toString().replaceAll("[\\s]", ""));
      }
    }
  }
}
