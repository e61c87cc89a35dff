package mo.farol.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.wire.Frames;
import mo.farol.wire.Leaks;
import mo.farol.wire.Packed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Leaks.class)
@Timeout(90)
class HttpEventsTest {
  private final OpenIntake open = new OpenIntake();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    client.close();
    open.close();
  }

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
  void more_than_ten_mebibytes_is_refused_whether_announced_or_not() throws Exception {
    byte[] large = "x".repeat((10 << 20) + 1).getBytes(UTF_8);
    assertProblem(send(BodyPublishers.ofByteArray(large)), 413, "10 MiB");
    var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large));
    assertProblem(send(chunked), 413, "10 MiB");
    assertThat(open.log.received()).isZero();
  }

  @Test
  void gzip_is_unpacked() throws Exception {
    byte[] packed = Packed.gzip("{\"n\":1}\n{\"n\":2}\n".getBytes(UTF_8));
    var answer = client.send(gzip(packed).build(), BodyHandlers.ofString());
    assertThat(answer.body()).isEqualTo("{\"accepted\":2}");
    assertThat(open.log.texts()).containsExactly("{\"n\":1}", "{\"n\":2}");
  }

  @Test
  void zstd_and_deflate_are_unpacked() throws Exception {
    byte[] plain = "{\"n\":1}\n{\"n\":2}\n".getBytes(UTF_8);
    assertThat(packed("zstd", Zstd.compress(plain)).body()).isEqualTo("{\"accepted\":2}");
    assertThat(packed("deflate", Packed.deflate(plain, false)).statusCode()).isEqualTo(200);
    assertThat(packed("Deflate", Packed.deflate(plain, true)).statusCode()).isEqualTo(200);
    assertThat(open.log.texts()).hasSize(6).endsWith("{\"n\":1}", "{\"n\":2}");
  }

  @Test
  void a_zstd_bomb_is_refused_by_its_size_or_its_window() throws Exception {
    byte[] zeros = new byte[200 << 20];
    assertProblem(packed("zstd", Zstd.compress(zeros)), 413, "");
    var wide = new ByteArrayOutputStream();
    try (var out = new ZstdOutputStreamNoFinalizer(wide).setLong(27)) {
      out.write(new byte[100]);
    }
    assertProblem(packed("zstd", wide.toByteArray()), 413, "8 MiB");
    assertThat(post("after").statusCode()).isEqualTo(200);
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
    open.log.fail(true);
    assertProblem(keyed("k", "a"), 503, "again");
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
  void a_gzip_bomb_is_refused_and_the_listener_goes_on() throws Exception {
    byte[] bomb = Packed.gzip(new byte[256 << 20]);
    assertThat(bomb.length).isLessThan(2 << 20);
    var answer = client.send(gzip(bomb).build(), BodyHandlers.ofString());
    assertProblem(answer, 413, "100 times");
    assertThat(post("after").statusCode()).isEqualTo(200);
    assertThat(open.log.texts()).containsExactly("after");
  }

  @Test
  void broken_gzip_and_unknown_encodings_are_refused() throws Exception {
    assertProblem(
        client.send(gzip("plain".getBytes(UTF_8)).build(), BodyHandlers.ofString()), 400, "gzip");
    byte[] half = Arrays.copyOf(Packed.gzip("{\"n\":1}".getBytes(UTF_8)), 20);
    assertProblem(client.send(gzip(half).build(), BodyHandlers.ofString()), 400, "middle");
    var br = request("x").setHeader("Content-Encoding", "br").build();
    assertProblem(client.send(br, BodyHandlers.ofString()), 415, "gzip");
    assertThat(open.log.received()).isZero();
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

  @Test
  void pipelined_requests_are_answered_in_order_on_one_connection() throws Exception {
    try (var socket = open.tcp("intake.http")) {
      open.log.hold();
      socket.getOutputStream().write(bytes(raw("a\nb") + raw("c") + raw("d\ne\nf")));
      await().until(() -> open.log.received() >= 2);
      open.log.release();
      await().until(() -> open.log.durable() == 6);
      String answers = read(socket, 3);
      assertThat(answers).containsSubsequence("\"accepted\":2", "\"accepted\":1", "\"accepted\":3");
    }
    assertThat(open.log.texts()).containsExactly("a", "b", "c", "d", "e", "f");
  }

  @Test
  void a_refusal_with_a_small_body_keeps_the_connection() throws Exception {
    try (var socket = open.tcp("intake.http")) {
      String unknown = raw("x").replace("secret-b", "secret-x");
      socket.getOutputStream().write(bytes(unknown + raw("y")));
      assertThat(read(socket, 2)).containsSubsequence("401", "\"accepted\":1");
    }
  }

  @Test
  void a_client_that_asks_first_is_told_to_go_on_or_not() throws Exception {
    try (var socket = open.tcp("intake.http")) {
      String[] parts =
          raw("hello").replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n").split("hello", -1);
      socket.getOutputStream().write(bytes(parts[0]));
      assertThat(readUntil(socket, "\r\n\r\n")).startsWith("HTTP/1.1 100");
      socket.getOutputStream().write(bytes("hello"));
      assertThat(read(socket, 1)).contains("\"accepted\":1");
    }
    try (var socket = open.tcp("intake.http")) {
      String unknown = raw("hello").replace("secret-b", "secret-x");
      socket
          .getOutputStream()
          .write(bytes(unknown.replace("\r\n\r\nhello", "\r\nExpect: 100-continue\r\n\r\n")));
      assertThat(readUntil(socket, "detail")).startsWith("HTTP/1.1 401");
    }
  }

  @Test
  void headers_beyond_8_kibibytes_are_refused() throws Exception {
    try (var socket = open.tcp("intake.http")) {
      String header = "X-Large: " + "y".repeat(9000) + "\r\n";
      socket.getOutputStream().write(bytes(raw("x").replace("Host:", header + "Host:")));
      assertThat(readUntil(socket, "detail")).startsWith("HTTP/1.1 431");
    }
  }

  @Test
  void what_is_not_http_is_told_so() throws Exception {
    try (var socket = open.tcp("intake.http")) {
      socket.getOutputStream().write(bytes("<14>hello\r\n\r\n"));
      assertThat(readUntil(socket, "detail")).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void a_client_slow_with_its_headers_is_sent_away() throws Exception {
    try (var socket = open.tcp("intake.http")) {
      socket.getOutputStream().write(bytes("POST /v1/events HTTP/1.1\r\nHost: a\r\nX: "));
      assertThat(readUntil(socket, "detail")).startsWith("HTTP/1.1 408");
      assertThat(open.counter("farol_intake_refused_total", "reason", "slow")).isEqualTo(1);
    }
  }

  @Test
  void a_request_cut_off_in_its_body_leaves_nothing() throws Exception {
    try (var socket = open.tcp("intake.http")) {
      socket.getOutputStream().write(bytes(raw("a\nb").replace("Length: 3", "Length: 30")));
    }
    assertThat(post("after").statusCode()).isEqualTo(200);
    assertThat(open.log.texts()).containsExactly("after");
  }

  @Test
  void closing_waits_for_the_answer_of_a_request_under_way() throws Exception {
    open.log.hold();
    var answer = client.sendAsync(request("{\"n\":1}").build(), BodyHandlers.ofString());
    await().until(() -> open.log.received() == 1);
    var closed = CompletableFuture.runAsync(open.intake::close);
    await().during(Duration.ofMillis(200)).until(() -> !closed.isDone());
    open.log.release();
    assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("{\"accepted\":1}");
    closed.get(10, TimeUnit.SECONDS);
  }

  @Test
  void what_is_sent_again_because_the_answer_did_not_arrive_is_kept_and_marked() throws Exception {
    open.log.hold();
    try (var socket = open.tcp("intake.http")) {
      socket.getOutputStream().write(bytes(raw("once")));
      await().until(() -> open.log.received() == 1);
    }
    await().until(() -> open.metrics.get("farol_intake_connections").gauge().value() == 0);
    open.log.release();
    assertThat(post("once\nmore").statusCode()).isEqualTo(200);
    assertThat(open.frames(3)).containsExactly("once", "once", "more");
    var again = open.batches().getLast();
    assertThat(again.marks(0)).isEqualTo(FrameBatch.DUPLICATE);
    assertThat(again.marks(1)).isZero();
  }

  private HttpResponse<String> post(String text) throws Exception {
    return client.send(request(text).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(HttpRequest.BodyPublisher body) throws Exception {
    var request = to("/v1/events").POST(body).header("Authorization", "Bearer secret-b").build();
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String text) {
    return to("/v1/events").POST(body(text)).header("Authorization", "Bearer secret-b");
  }

  private HttpResponse<String> keyed(String key, String text) throws Exception {
    return client.send(
        request(text).header("Idempotency-Key", key).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> packed(String encoding, byte[] body) throws Exception {
    return client.send(
        gzip(body).setHeader("Content-Encoding", encoding).build(), BodyHandlers.ofString());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private HttpRequest.Builder gzip(byte[] packed) {
    return to("/v1/events")
        .POST(BodyPublishers.ofByteArray(packed))
        .header("Authorization", "bearer secret-b")
        .header("Content-Encoding", "gzip");
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + open.port("intake.http") + path));
  }

  private static HttpRequest.BodyPublisher body(String text) {
    return BodyPublishers.ofString(text);
  }

  static String raw(String body) {
    return "POST /v1/events HTTP/1.1\r\n"
        + "Host: a\r\n"
        + "Authorization: Bearer secret-b\r\n"
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  // Answers end with their JSON object, and hold no other closing brace.
  private static String read(Socket socket, int answers) throws IOException {
    var all = new StringBuilder();
    for (int i = 0; i < answers; i++) {
      all.append(readUntil(socket, "}"));
    }
    return all.toString();
  }

  private static String readUntil(Socket socket, String end) throws IOException {
    socket.setSoTimeout(20_000);
    var text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int b = socket.getInputStream().read();
      if (b < 0) {
        break;
      }
      text.append((char) b);
    }
    return text.toString();
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String says)
      throws IOException {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    var problem = new ObjectMapper().readTree(answer.body());
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("title").asText()).isNotBlank();
    assertThat(problem.get("detail").asText()).contains(says);
  }
}
