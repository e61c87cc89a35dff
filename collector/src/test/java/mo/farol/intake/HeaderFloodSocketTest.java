package mo.farol.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many connections that send nothing but headers, beside one that works. */
class HeaderFloodSocketTest extends PostingEvents {
  private static final int FLOODING = 200;
  private static final String CHUNKED =
      String.join(
          "\r\n",
          "POST /v1/events HTTP/1.1",
          "Host: a",
          "Authorization: Bearer secret-b",
          "Transfer-Encoding: chunked",
          "",
          "");

  @Test
  void a_request_is_answered_while_others_send_headers_without_end() throws Exception {
    var flooding = new ArrayList<Socket>();
    try {
      for (int i = 0; i < FLOODING; i++) {
        flooding.add(flood("POST /v1/events HTTP/1.1\r\n" + "a: b\r\n".repeat(120)));
      }
      for (String more : List.of("a: b\r\n".repeat(2_000), "X: " + "y".repeat(20_000))) {
        flood(flooding, "POST /v1/events HTTP/1.1\r\n" + more);
      }
      flood(flooding, CHUNKED + "1\r\nx\r\n0\r\n" + "a: b\r\n".repeat(2_000));
      flood(flooding, CHUNKED + "1;" + "e".repeat(20_000));

      assertThat(post("served").statusCode()).isEqualTo(200);
      assertThat(open.log.texts()).containsExactly("served");
      await().until(() -> refused("header") == 2 && refused("body") == 2);
    } finally {
      for (var socket : flooding) {
        socket.close();
      }
    }
  }

  private void flood(List<Socket> flooding, String bytes) throws Exception {
    flooding.add(flood(bytes));
  }

  private Socket flood(String bytes) throws Exception {
    var socket = open.tcp("intake.http");
    socket.getOutputStream().write(bytes(bytes));
    return socket;
  }

  private double refused(String reason) {
    return open.counter("farol_intake_refused_total", "reason", reason);
  }
}
