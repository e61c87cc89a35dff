package mo.farol.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import mo.farol.centre.Home;
import mo.farol.centre.Running;
import mo.farol.centre.Usage;

/**
 * Speaks the HTTP API of a centre that runs on a home of this machine; trusts that home's
 * certificate only. The token is the command's own, and ends with it.
 */
final class CentreClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Home home;
  private final URI base;
  private final String token;
  private final HttpClient client;

  CentreClient(Home home, Running running, String token) {
    this.home = home;
    this.base = running.console();
    this.token = token;
    var builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
    if (base.getScheme().equals("https")) {
      builder.sslContext(trusting(home.keys().resolve("console.pem")));
    }
    client = builder.build();
  }

  /** GET; the answer as JSON. */
  JsonNode get(String path, Map<String, String> query) {
    return send(HttpRequest.newBuilder(at(path, query)).GET());
  }

  /** POST of bytes; the answer as JSON. */
  JsonNode post(String path, Map<String, String> query, byte[] body, String type) {
    return send(
        HttpRequest.newBuilder(at(path, query))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /**
   * A page, or a line that goes on, by its path on the console.
   *
   * @param type that is accepted
   * @return its body, to be closed
   */
  InputStream open(String path, String type) throws IOException {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .header("Authorization", "Bearer " + token)
            .header("Accept", type);
    try {
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        answer.body().close();
        throw new IOException("the centre answered %s: %d".formatted(path, answer.statusCode()));
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Usage("interrupted");
    }
  }

  /** Also ends the token, which this command made for itself. */
  @Override
  public void close() {
    client.close();
    Tokens.end(home, token);
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      var answer =
          client.send(
              request
                  .header("Authorization", "Bearer " + token)
                  .timeout(Duration.ofMinutes(2))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      var body = JSON.readTree(answer.body());
      if (answer.statusCode() >= 400) {
        throw new Usage("the centre answered %d: %s".formatted(answer.statusCode(), told(body)));
      }
      return body;
    } catch (IOException e) {
      throw new Usage("cannot reach the centre at " + base + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Usage("interrupted");
    }
  }

  private URI at(String path, Map<String, String> query) {
    String pairs =
        query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return base.resolve("/api/v1" + path + (pairs.isEmpty() ? "" : "?" + pairs));
  }

  private static String told(JsonNode problem) {
    return problem.path("detail").asText(problem.path("title").asText("no reason given"));
  }

  private static SSLContext trusting(Path certificate) {
    try (var in = Files.newInputStream(certificate)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "console", CertificateFactory.getInstance("X.509").generateCertificate(in));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new Usage("cannot use the console's certificate " + certificate + ": " + e);
    }
  }
}
