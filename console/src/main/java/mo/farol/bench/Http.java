package mo.farol.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Asks one server over one connection that is kept open, with little of its own: the answer's time
 * is the server's. One thread.
 */
final class Http {
  /**
   * A request, ready to be sent.
   *
   * @param path with its query
   * @param body JSON, where there is one
   */
  record Call(String method, String path, Optional<String> body) {
    static Call get(String path) {
      return new Call("GET", path, Optional.empty());
    }

    static Call post(String path, String body) {
      return new Call("POST", path, Optional.of(body));
    }

    static Call put(String path, String body) {
      return new Call("PUT", path, Optional.of(body));
    }
  }

  private final String base;
  private final Optional<String> token;

  /**
   * @param base {@code http://host:port}
   * @param token sent as a bearer token
   */
  Http(String base, Optional<String> token) {
    this.base = base;
    this.token = token;
  }

  /** The whole answer; what is not 2xx is an {@link IOException} that quotes it. */
  byte[] send(Call call) throws IOException {
    var connection = (HttpURLConnection) URI.create(base + call.path).toURL().openConnection();
    connection.setRequestMethod(call.method);
    token.ifPresent(t -> connection.setRequestProperty("Authorization", "Bearer " + t));
    if (call.body.isPresent()) {
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      try (var out = connection.getOutputStream()) {
        out.write(call.body.get().getBytes(StandardCharsets.UTF_8));
      }
    }
    return answer(connection);
  }

  static byte[] answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    boolean good = status / 100 == 2;
    byte[] body;
    try (InputStream in = good ? connection.getInputStream() : connection.getErrorStream()) {
      body = in == null ? new byte[0] : in.readAllBytes();
    }
    if (!good) {
      throw new IOException(
          "%s answered %d: %s"
              .formatted(connection.getURL(), status, new String(body, StandardCharsets.UTF_8)));
    }
    return body;
  }

  /** Text as a value in an address. */
  static String quoted(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
