package mo.farol.splunk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import mo.farol.post.Call;
import mo.farol.post.Collected;
import mo.farol.post.Posting;
import mo.farol.wire.Leaks;
import mo.farol.wire.Packed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Leaks.class)
class HecTest {
  private static final String SUCCESS = "{\"text\":\"Success\",\"code\":0}";
  private static final String CHANNEL =
      "X-Splunk-Request-Channel: 0aeeac95-ac74-4aa9-b30d-6c4c0ac581ba";

  private static final String GLUED =
      """
      {"event":"a}\\""}{"event" : 2}
      [{"time":"1.5",
      "event":{}},{"event":[]}]\
      """;

  private final Posting posting = new Posting(Hec::new);

  @AfterEach
  void close() {
    posting.close();
  }

  @Test
  void objects_glued_on_lines_and_in_arrays_are_frames_as_sent() {
    for (String path : new String[] {"", "/event", "/event/1.0"}) {
      assertThat(
              Posting.body(
                  posting.post(
                      "/services/collector" + path, GLUED, "Authorization: Splunk secret-b")))
          .isEqualTo(SUCCESS);
    }
    assertThat(posting.log.texts())
        .hasSize(12)
        .startsWith(
            "{\"event\":\"a}\\\"\"}",
            "{\"event\" : 2}",
            "{\"time\":\"1.5\",\n\"event\":{}}",
            "{\"event\":[]}");
    assertThat(posting.log.blocks().getFirst().frames().origin().format()).isEqualTo("hec");
  }

  @Test
  void lines_of_the_raw_endpoint_are_frames() {
    assertThat(Posting.body(posting.post("/services/collector/raw", "one\ntwo [x]\n\n[{\n")))
        .isEqualTo(SUCCESS);
    assertThat(posting.log.texts()).containsExactly("one", "two [x]", "[{");
  }

  @Test
  void what_the_raw_endpoints_query_says_stands_before_each_line() {
    posting.post(
        "/services/collector/raw/1.0?host=web%221&sourcetype=access&channel=c", "one\ntwo");
    assertThat(posting.log.texts())
        .containsExactly(
            "{\"host\":\"web\\\"1\",\"sourcetype\":\"access\"}\none",
            "{\"host\":\"web\\\"1\",\"sourcetype\":\"access\"}\ntwo");
    assertThat(posting.log.blocks().getFirst().frames().origin().format()).isEqualTo("hec.raw");
  }

  @Test
  void what_the_query_says_is_bounded_for_it_stands_before_each_line() {
    String host = "%01".repeat(200);
    posting.post("/services/collector/raw?host=" + host + "&source=s&index=i", "one");
    assertThat(posting.log.texts()).containsExactly("{\"source\":\"s\",\"index\":\"i\"}\none");
  }

  @Test
  void lines_that_become_too_much_are_413_and_take_no_more_memory_than_that() throws Exception {
    byte[] lines = "x\n".repeat(200_000).getBytes(UTF_8);
    var query = Map.of("host", "h".repeat(1000));
    var raw = new HecRaw(64 << 10, new Call("POST", "/", query, _ -> "", "a", "p"), null);
    raw.take(lines, 0, lines.length);
    assertThat(raw.held()).isBetween(Collected.MOST_BYTES + 1, Collected.MOST_BYTES + 2048);
    assertThat(
            posting.send(
                "POST /services/collector/raw?host=" + "h".repeat(1000),
                Packed.gzip(lines),
                "Content-Encoding: gzip"))
        .startsWith("HTTP/1.1 413");
    assertThat(posting.log.received()).isZero();
  }

  @Test
  void an_ack_id_is_given_for_what_is_on_disk_and_told_once() {
    String event = "{\"event\":1}";
    for (int i = 0; i < 3; i++) {
      assertThat(Posting.body(posting.post("/services/collector", event, CHANNEL)))
          .isEqualTo("{\"text\":\"Success\",\"code\":0,\"ackId\":" + i + "}");
    }
    assertThat(acks("[0,2,3,99]"))
        .isEqualTo("{\"acks\":{\"0\":true,\"2\":true,\"3\":false,\"99\":false}}");
    assertThat(acks("[0,1,\"x\",-1]")).isEqualTo("{\"acks\":{\"0\":false,\"1\":true}}");
    assertThat(Posting.body(posting.post("/services/collector/raw?channel=other", "x")))
        .contains("\"ackId\":0");
  }

  @Test
  void no_ack_id_is_given_before_the_events_are_on_disk() {
    posting.log.hold();
    posting.take(
        Posting.request("POST /services/collector", "{\"event\":1}".getBytes(UTF_8), CHANNEL));
    assertThat(posting.answers()).isEmpty();
    posting.log.release();
    assertThat(posting.answers()).contains("\"ackId\":0");
    posting.log.fail(true);
    assertThat(posting.post("/services/collector", "{\"event\":1}", CHANNEL))
        .startsWith("HTTP/1.1 503")
        .contains("Retry-After", "{\"text\":\"Server is busy\",\"code\":9}");
  }

  @Test
  void a_body_that_comes_no_further_may_be_sent_again() {
    byte[] request = Posting.request("POST /services/collector", new byte[40]);
    posting.take(request, 0, request.length - 1);
    posting.idle(35);
    assertThat(posting.answers()).startsWith("HTTP/1.1 503").contains("Retry-After: 10");
    assertThat(posting.counter("farol_intake_refused_total", "reason", "slow")).isEqualTo(1);
  }

  @Test
  void another_agencys_channel_of_the_same_name_is_another() {
    posting.post("/services/collector", "{\"event\":1}", CHANNEL);
    String other =
        posting.post(
            "/services/collector/ack", "{\"acks\":[0]}", CHANNEL, "Authorization: Splunk secret-c");
    assertThat(other).contains("{\"acks\":{\"0\":false}}");
  }

  @Test
  void channels_end_after_ten_minutes_without_a_call() {
    posting.post("/services/collector", "{\"event\":1}", CHANNEL);
    posting.pass(Duration.ofMinutes(9));
    posting.post("/services/collector", "{\"event\":1}", CHANNEL);
    posting.pass(Duration.ofMinutes(11));
    posting.post("/services/collector", "{\"event\":1}", "X-Splunk-Request-Channel: other");
    assertThat(acks("[0,1]")).isEqualTo("{\"acks\":{\"0\":false,\"1\":false}}");
  }

  @Test
  void every_fault_has_splunks_number() {
    assertFault(posting.post("/services/collector", "", "X: y"), 400, "\"code\":5");
    assertFault(
        posting.post("/services/collector", "oops"), 400, "\"code\":6,\"invalid-event-number\":0");
    assertFault(posting.post("/services/collector", "{\"event\":1"), 400, "\"code\":6");
    assertFault(posting.post("/services/collector", "{\"host\":\"a\"}"), 400, "\"code\":12");
    assertFault(posting.post("/services/collector", "{\"event\":null}"), 400, "\"code\":12");
    assertFault(posting.post("/services/collector", "{\"event\":\"\"}"), 400, "\"code\":13");
    assertFault(posting.post("/services/collector/ack", "{}"), 400, "\"code\":10");
    assertFault(
        posting.post("/services/collector/ack", "{\"acks\":1}", CHANNEL), 400, "\"code\":6");
    assertFault(posting.post("/services/collector?channel=a%20b", "x"), 400, "\"code\":11");
    assertFault(posting.post("/services/collector", "x", "Authorization: "), 401, "\"code\":2");
    assertFault(
        posting.post("/services/collector", "x", "Authorization: nonsense"), 401, "\"code\":3");
    assertFault(
        posting.post("/services/collector", "x", "Authorization: Splunk no"), 403, "\"code\":4");
    assertFault(
        posting.post("/services/collector?token=secret-b", "x", "Authorization: "),
        400,
        "\"code\":16");
    assertThat(posting.log.received()).isZero();
    assertThat(posting.counter("farol_intake_refused_total", "reason", "hec.12")).isEqualTo(2);
  }

  @Test
  void what_is_no_event_among_events_is_kept_raw_so_that_none_is_lost() {
    assertThat(
            Posting.body(
                posting.post(
                    "/services/collector", "{\"event\":1}{\"host\":2} oops\n{\"event\":3}")))
        .isEqualTo(SUCCESS);
    assertThat(posting.log.texts())
        .containsExactly("{\"event\":1}", "{\"host\":2}", "oops", "{\"event\":3}");
  }

  @Test
  void an_odd_quote_swallows_none_of_the_events_after_it() {
    String body = "{\"event\":\"a \" b\"}\n{\"event\":2}\n{\"event\":3}\n";
    assertThat(Posting.body(posting.post("/services/collector", body))).isEqualTo(SUCCESS);
    assertThat(posting.log.texts())
        .containsExactly("{\"event\":\"a \" b\"}", "{\"event\":2}", "{\"event\":3}");
  }

  @Test
  void health_needs_no_token_and_says_when_the_journal_is_full() {
    assertThat(posting.send("GET /services/collector/health/1.0", new byte[0], "Authorization: "))
        .startsWith("HTTP/1.1 200")
        .contains("\"code\":17");
    posting.log.pretendPending(65L << 20);
    assertThat(posting.send("GET /services/collector/health", new byte[0], "Authorization: "))
        .startsWith("HTTP/1.1 503")
        .contains("\"code\":18");
  }

  @Test
  void health_says_when_nothing_can_be_kept() {
    posting.log.fail(true);
    assertThat(posting.send("GET /services/collector/health", new byte[0], "Authorization: "))
        .startsWith("HTTP/1.1 503");
    posting.log.fail(false);
    assertThat(posting.send("GET /services/collector/health", new byte[0], "Authorization: "))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void ids_and_channels_are_bounded() {
    var channels = new HecChannels(java.time.InstantSource.system());
    for (int i = 0; i < HecChannels.MOST_IDS + 10; i++) {
      channels.acknowledge("a", "one");
    }
    assertThat(channels.tell("a", "one", 9)).isFalse();
    assertThat(channels.tell("a", "one", 10)).isTrue();
    assertThat(channels.tell("a", "one", 10)).isFalse();
    assertThat(channels.tell("a", "one", HecChannels.MOST_IDS + 9)).isTrue();
    for (int i = 0; i < HecChannels.MOST_CHANNELS; i++) {
      channels.acknowledge("a", "channel " + i);
    }
    assertThat(channels.acknowledge("a", "one")).as("forgotten").isZero();
  }

  @Test
  void a_request_split_anywhere_gives_the_same_frames() throws Exception {
    byte[] request =
        Posting.request(
            "POST /services/collector",
            Packed.gzip("{\"event\":\"é}\"}{\"event\":{\"a\":\"\\\\\"}}".getBytes(UTF_8)),
            "Content-Encoding: gzip");
    for (int at = 1; at < request.length; at++) {
      try (var other = new Posting(Hec::new)) {
        other.take(request, 0, at);
        other.take(request, at, request.length);
        assertThat(other.answers()).as("at %d", at).endsWith(SUCCESS);
        assertThat(other.log.texts())
            .containsExactly("{\"event\":\"é}\"}", "{\"event\":{\"a\":\"\\\\\"}}");
      }
    }
  }

  @Test
  void random_bodies_are_answered_and_none_of_an_accepted_one_is_lost() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("HecTest seed=" + seed);
    var random = new Random(seed);
    String[] parts = {
      "{\"event\":1}",
      "{\"event\":\"",
      "\"}",
      "{",
      "}",
      "\\",
      "\"",
      "[",
      "]",
      ",",
      "\n",
      "x",
      "\u0000"
    };
    for (int round = 0; round < 2000; round++) {
      var body = new StringBuilder(random.nextBoolean() ? "{\"event\":1}" : "");
      for (int i = random.nextInt(20); i > 0; i--) {
        body.append(parts[random.nextInt(parts.length)]);
      }
      try (var other = new Posting(Hec::new)) {
        String answer = other.post("/services/collector", body.toString());
        assertThat(answer).as("seed %d: %s", seed, body).containsAnyOf("200 OK", "400 Bad");
        if (answer.contains("200 OK")) {
          assertThat(bare(String.join("", other.log.texts())))
              .as("seed %d: %s", seed, body)
              .isEqualTo(bare(body.toString()));
        }
      }
    }
  }

  private static String bare(String text) {
    return text.replaceAll("[\\s,\\[\\]]", "");
  }

  private String acks(String ids) {
    return Posting.body(posting.post("/services/collector/ack", "{\"acks\":" + ids + "}", CHANNEL));
  }

  private static void assertFault(String answer, int status, String code) {
    assertThat(answer).startsWith("HTTP/1.1 " + status).contains(code);
  }
}
