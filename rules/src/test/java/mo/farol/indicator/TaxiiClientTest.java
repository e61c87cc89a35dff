package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A TAXII 2.1 client before a small server. */
class TaxiiClientTest {
  private static final String MEDIA = "application/taxii+json;version=2.1";

  @TempDir Path folder;

  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private String type = MEDIA;
  private String loop = "";
  private int status = 200;
  private Duration delay = Duration.ZERO;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      asked.add(
          exchange.getRequestURI()
              + " "
              + headers.getFirst("Accept")
              + " "
              + headers.getFirst("Authorization"));
      byte[] body = body(exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange
          .getResponseHeaders()
          .set("X-TAXII-Date-Added-Last", "2026-11-0" + asked.size() + "T00:00:00.000Z");
      if (status / 100 == 3) {
        exchange.getResponseHeaders().set("Location", "https://elsewhere.test/");
      }
      exchange.getResponseHeaders().set("Retry-After", "30");
      exchange.sendResponseHeaders(status, body.length);
      if (!delay.isZero()) {
        exchange.getResponseBody().write(body, 0, 1);
        exchange.getResponseBody().flush();
        Thread.sleep(delay);
      }
      exchange
          .getResponseBody()
          .write(body, delay.isZero() ? 0 : 1, delay.isZero() ? body.length : body.length - 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String body(URI uri) {
    if (uri.getPath().equals("/api/collections/")) {
      return "{\"collections\":["
          + "{\"id\":\"c1\",\"title\":\"One\",\"can_read\":true,\"can_write\":false},"
          + "{\"id\":\"c2\",\"title\":\"Two\",\"can_read\":false}]}";
    }
    String query = String.valueOf(uri.getQuery());
    String next = query.contains("next=p 2") ? loop : "p 2";
    return "{\"objects\":[{\"type\":\"indicator\",\"id\":\"indicator--"
        + asked.size()
        + "\",\"pattern\":"
        + "\"[domain-name:value = 'evil"
        + asked.size()
        + ".test']\"}]"
        + (next.isEmpty() ? "" : ",\"more\":true,\"next\":\"" + next + "\"")
        + "}";
  }

  private TaxiiConfig config(TaxiiConfig.Login login) {
    return TaxiiConfig.of(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api"), login);
  }

  @Test
  void collections_are_listed_with_the_media_type_and_the_login() {
    try (var client = new TaxiiClient(config(new TaxiiConfig.Login.Basic("ana", "s3cret")))) {
      assertThat(client.collections())
          .containsExactly(
              new TaxiiCollection("c1", "One", true), new TaxiiCollection("c2", "Two", false));
    }
    try (var client = new TaxiiClient(config(new TaxiiConfig.Login.Bearer("t0ken")))) {
      client.collections();
    }
    assertThat(asked)
        .containsExactly(
            "/api/collections/ " + MEDIA + " Basic YW5hOnMzY3JldA==",
            "/api/collections/ " + MEDIA + " Bearer t0ken");
    assertThat(new TaxiiConfig.Login.Basic("ana", "s3cret").toString()).doesNotContain("s3cret");
    assertThat(new TaxiiConfig.Login.Bearer("t0ken").toString()).doesNotContain("t0ken");
  }

  @Test
  void pages_are_followed_to_the_end_and_saved_as_one_file() throws IOException {
    Path file = folder.resolve("c1.json");
    TaxiiPages.Progress progress;
    try (var client = new TaxiiClient(config(new TaxiiConfig.Login.None()))) {
      progress = client.save("c1", Optional.of(Instant.parse("2026-10-01T00:00:00Z")), file);
    }
    assertThat(progress)
        .isEqualTo(new TaxiiPages.Progress(2, Optional.of(Instant.parse("2026-11-02T00:00:00Z"))));
    assertThat(asked)
        .extracting(line -> line.substring(0, line.indexOf(' ')))
        .containsExactly(
            "/api/collections/c1/objects/?added_after=2026-10-01T00%3A00%3A00Z",
            "/api/collections/c1/objects/?added_after=2026-10-01T00%3A00%3A00Z&next=p%202");
    var read = Indicators.of(List.of(file), Optional.of(Format.STIX), Seen.CLOCK);
    assertThat(read.report().refusedCount()).isZero();
    assertThat(read.current().size(Kind.DOMAIN)).isEqualTo(2);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void answers_that_lead_nowhere_are_given_up_with_the_reason() {
    assertThatThrownBy(
            () ->
                TaxiiConfig.of(URI.create("http://intel.test/api/"), new TaxiiConfig.Login.None()))
        .hasMessageContaining("over https://");
    try (var client = new TaxiiClient(config(new TaxiiConfig.Login.None()))) {
      loop = "p 2";
      assertThatThrownBy(() -> client.objects("c1", Optional.empty(), envelope -> {}))
          .isInstanceOf(TaxiiFault.class)
          .hasMessageContaining("not where");
      type = "text/html";
      assertThatThrownBy(client::collections).hasMessageContaining("not TAXII");
      status = 401;
      assertThatThrownBy(client::collections).hasMessageContaining("are not accepted");
      status = 302;
      assertThatThrownBy(client::collections)
          .hasMessageContaining("redirects are not followed; use https://elsewhere.test/");
      status = 503;
      assertThatThrownBy(client::collections).hasMessageContaining("try again after 30 seconds");
    }
  }

  @Test
  void answers_are_bounded_in_bytes_and_time() {
    var config = config(new TaxiiConfig.Login.None());
    var small = new TaxiiConfig(config.root(), config.login(), config.timeout(), 20, 5);
    try (var client = new TaxiiClient(small)) {
      assertThatThrownBy(client::collections).hasMessageContaining("larger than 20 bytes");
    }
    delay = Duration.ofSeconds(2);
    var hasty = new TaxiiConfig(config.root(), config.login(), Duration.ofMillis(200), 10_000, 5);
    try (var client = new TaxiiClient(hasty)) {
      assertThatThrownBy(client::collections).hasMessageContaining("no whole answer within");
    }
  }
}
