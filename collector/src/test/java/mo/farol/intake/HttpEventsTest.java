package mo.farol.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mo.farol.event.Origin;
import mo.farol.wire.Frames;
import org.junit.jupiter.api.Test;

class HttpEventsTest extends PostingEvents {
  @Test
  void each_line_is_kept_as_it_was_sent_and_the_token_decides_the_agency() throws Exception {
    var answer = post("{\"agency\":\"agency-a\",\"n\":1}\n\n{\"n\" : 2}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"accepted\":2}");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(open.log.texts())
        .containsExactly("{\"agency\":\"agency-a\",\"n\":1}", "{\"n\" : 2}");
    assertThat(open.batches().getFirst().origin())
        .isEqualTo(Origin.live("agency-b", "http", "127.0.0.1"));
  }

  @Test
  void an_array_is_taken_apart() throws Exception {
    assertThat(post("[{\"n\":1}, {\"n\":[2]}]").body()).isEqualTo("{\"accepted\":2}");
    assertThat(open.log.texts()).containsExactly("{\"n\":1}", "{\"n\":[2]}");
  }

  @Test
  void an_empty_body_is_accepted_and_holds_nothing() throws Exception {
    assertThat(post("").body()).isEqualTo("{\"accepted\":0}");
    assertThat(open.log.received()).isZero();
  }

  @Test
  void the_answer_waits_until_the_events_are_durable() throws Exception {
    open.log.hold();
    var answer = client.sendAsync(request("{\"n\":1}").build(), BodyHandlers.ofString());
    await().until(() -> open.log.received() == 1);
    await().during(Duration.ofMillis(200)).until(() -> !answer.isDone());
    open.log.release();
    assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void ten_thousand_events_in_one_request_are_all_kept_in_order() throws Exception {
    var body = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      body.append("{\"n\":").append(i).append("}\n");
    }
    assertThat(post(body.toString()).body()).isEqualTo("{\"accepted\":10000}");
    assertThat(open.log.texts()).hasSize(10_000).last().isEqualTo("{\"n\":9999}");
    assertThat(open.batches()).as("all or nothing").hasSize(1);
  }

  @Test
  void a_line_of_depth_10000_is_kept_raw() throws Exception {
    String deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
    assertThat(post(deep).body()).isEqualTo("{\"accepted\":1}");
    assertThat(open.log.texts()).containsExactly(deep);
  }

  @Test
  void a_line_beyond_the_frame_limit_is_cut_and_marked() throws Exception {
    assertThat(post("x".repeat(100_000) + "\ny").body())
        .isEqualTo(
            "{\"accepted\":1,\"rejected\":1,\"errors\":[{\"line\":1,\"reason\":\"longer than 65536"
                + " bytes, cut there\"}]}");
    var batch = open.batches().getFirst();
    assertThat(batch.original(0)).contains(Frames.original("x".repeat(100_000)));
    assertThat(batch.end(0) - batch.start(0)).isEqualTo(64 << 10);
    assertThat(open.counter("farol_intake_truncated_total")).isEqualTo(1);
  }

  @Test
  void without_a_known_token_nothing_is_kept() throws Exception {
    var none = client.send(to("/v1/events").POST(body("x")).build(), BodyHandlers.ofString());
    assertProblem(none, 401, "token");
    assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    var wrong = request("x").setHeader("Authorization", "Bearer secret-x").build();
    assertProblem(client.send(wrong, BodyHandlers.ofString()), 401, "token");
    var basic = request("x").setHeader("Authorization", "Basic c2VjcmV0LWI=").build();
    assertProblem(client.send(basic, BodyHandlers.ofString()), 401, "token");
    assertThat(open.log.received()).isZero();
    assertThat(open.counter("farol_intake_refused_total", "reason", "token")).isEqualTo(3);
  }

  @Test
  void another_path_or_method_is_refused() throws Exception {
    assertProblem(
        client.send(to("/v2/events").POST(body("x")).build(), BodyHandlers.ofString()),
        404,
        "/v1/events");
    var get =
        client.send(
            to("/v1/events").header("Authorization", "Bearer secret-b").GET().build(),
            BodyHandlers.ofString());
    assertProblem(get, 405, "POST");
    assertThat(get.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void what_is_said_to_be_json_and_is_none_is_kept_and_named() throws Exception {
    var request =
        request("{\"n\":1}\n\n{oops\n\"text\"\n").setHeader("Content-Type", "application/x-ndjson");
    assertThat(client.send(request.build(), BodyHandlers.ofString()).body())
        .isEqualTo(
            "{\"accepted\":2,\"rejected\":1,\"errors\":[{\"line\":3,\"reason\":\"not JSON\"}]}");
    assertThat(open.log.texts()).containsExactly("{\"n\":1}", "{oops", "\"text\"");
    assertThat(post("plain text").body()).isEqualTo("{\"accepted\":1}");
  }

  @Test
  void a_request_sent_again_with_its_key_is_answered_again_and_kept_once() throws Exception {
    String first = keyed("k1", "a\nb").body();
    assertThat(keyed("k1", "a\nb").body()).isEqualTo(first).isEqualTo("{\"accepted\":2}");
    assertProblem(keyed("k1", "c"), 422, "key of its own");
    assertThat(keyed("k2", "a\nb").statusCode()).isEqualTo(200);
    assertThat(open.log.texts()).containsExactly("a", "b", "a", "b");
  }

  @Test
  void a_key_whose_request_was_not_kept_is_free_again() throws Exception {
    open.log.hold();
    var refused =
        client.sendAsync(
            request("a").header("Idempotency-Key", "k").build(), BodyHandlers.ofString());
    await().until(() -> open.log.received() == 1);
    open.log.fail(true);
    open.log.release();
    assertProblem(refused.get(10, TimeUnit.SECONDS), 503, "again");
    open.log.fail(false);
    assertThat(keyed("k", "a").body()).isEqualTo("{\"accepted\":1}");
    assertThat(open.log.texts()).containsExactly("a");
  }

  @Test
  void a_key_sent_again_while_the_first_is_under_way_waits_for_its_answer() throws Exception {
    open.log.hold();
    var both = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int i = 0; i < 2; i++) {
      both.add(
          client.sendAsync(
              request("a").header("Idempotency-Key", "k").build(), BodyHandlers.ofString()));
    }
    await().until(() -> open.log.received() == 1);
    open.log.release();
    for (var answer : both) {
      assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("{\"accepted\":1}");
    }
    assertThat(open.log.texts()).containsExactly("a");
  }

  @Test
  void the_token_may_come_as_the_password_or_as_an_api_key() throws Exception {
    for (String header :
        new String[] {
          "Basic " + base64("anybody:secret-b"),
          "ApiKey " + base64("id:secret-b"),
          "ApiKey secret-b",
          "Splunk secret-b"
        }) {
      var request = request("x").setHeader("Authorization", header).build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_log_over_its_bound_or_failed_means_send_again_later() throws Exception {
    open.log.pretendPending(65L << 20);
    var busy = post("x");
    assertProblem(busy, 503, "again");
    assertThat(busy.headers().firstValue("Retry-After")).contains("2");
    open.log.pretendPending(0);
    open.log.fail(true);
    assertProblem(post("x"), 503, "again");
    open.log.fail(false);
    assertThat(post("x").statusCode()).isEqualTo(200);
    assertThat(open.counter("farol_intake_refused_total", "reason", "busy")).isEqualTo(2);
  }
}
