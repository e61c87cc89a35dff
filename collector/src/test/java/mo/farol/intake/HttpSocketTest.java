package mo.farol.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mo.farol.event.FrameBatch;
import org.junit.jupiter.api.Test;

/** An HTTP connection from its first byte to its last. */
class HttpSocketTest extends PostingEvents {
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
}
