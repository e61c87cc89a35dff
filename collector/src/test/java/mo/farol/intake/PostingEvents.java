package mo.farol.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import mo.farol.wire.Leaks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client of {@code /v1/events} over a socket, and a log in memory. */
@ExtendWith(Leaks.class)
@Timeout(90)
abstract class PostingEvents {
  final OpenIntake open = new OpenIntake();
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    client.close();
    open.close();
  }

  HttpResponse<String> post(String text) throws Exception {
    return client.send(request(text).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest.BodyPublisher body) throws Exception {
    var request = to("/v1/events").POST(body).header("Authorization", "Bearer secret-b").build();
    return client.send(request, BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String text) {
    return to("/v1/events").POST(body(text)).header("Authorization", "Bearer secret-b");
  }

  HttpResponse<String> keyed(String key, String text) throws Exception {
    return client.send(
        request(text).header("Idempotency-Key", key).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> packed(String encoding, byte[] body) throws Exception {
    return client.send(
        gzip(body).setHeader("Content-Encoding", encoding).build(), BodyHandlers.ofString());
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  HttpRequest.Builder gzip(byte[] packed) {
    return to("/v1/events")
        .POST(BodyPublishers.ofByteArray(packed))
        .header("Authorization", "bearer secret-b")
        .header("Content-Encoding", "gzip");
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + open.port("intake.http") + path));
  }

  static HttpRequest.BodyPublisher body(String text) {
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

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  // Answers end with their JSON object, and hold no other closing brace.
  static String read(Socket socket, int answers) throws IOException {
    var all = new StringBuilder();
    for (int i = 0; i < answers; i++) {
      all.append(readUntil(socket, "}"));
    }
    return all.toString();
  }

  static String readUntil(Socket socket, String end) throws IOException {
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

  static void assertProblem(HttpResponse<String> answer, int status, String says)
      throws IOException {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    var problem = new ObjectMapper().readTree(answer.body());
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("title").asText()).isNotBlank();
    assertThat(problem.get("detail").asText()).contains(says);
  }
}
