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
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
  private List<String> script = List.of();
  private String added = "";
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
          .set(
              "X-TAXII-Date-Added-Last",
              added.isEmpty() ? "2026-11-0" + asked.size() + "T00:00:00.000Z" : added);
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
    if (!script.isEmpty()) {
      return script.get(asked.size() - 1);
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

  private static String indicator(String id, String domain, String modified) {
    return "{\"type\":\"indicator\",\"id\":\"indicator--%s\",\"modified\":\"%s\","
            .formatted(id, modified)
        + "\"pattern\":\"[domain-name:value = '%s']\"}".formatted(domain);
  }

  private static String envelope(String more, String... objects) {
    return "{\"objects\":[" + String.join(",", objects) + "]" + more + "}";
  }

  private List<String> domains(Path file) {
    var set = Indicators.of(List.of(file), Optional.of(Format.STIX), Seen.CLOCK).current();
    return List.of("one", "two", "three", "four").stream()
        .filter(name -> set.find(Kind.DOMAIN, name + ".test").isPresent())
        .toList();
  }

  @Test
  void a_server_that_says_more_but_not_where_is_asked_for_what_came_after_its_last() {
    script =
        List.of(
            envelope(",\"more\":true", indicator("1", "one.test", "2026-01-01T00:00:00Z")),
            envelope("", indicator("2", "two.test", "2026-01-01T00:00:00Z")));
    Path file = folder.resolve("c1.json");
    try (var client = new TaxiiClient(config(new TaxiiConfig.Login.None()))) {
      assertThat(client.save("c1", Optional.empty(), file).pages()).isEqualTo(2);
      assertThat(asked.getLast())
          .startsWith("/api/collections/c1/objects/?added_after=2026-11-01T00%3A00%3A00Z ");
      assertThat(domains(file)).containsExactly("one", "two");
      asked.clear();
      added = "2026-11-01T00:00:00Z";
      script = List.of(script.getFirst(), script.getFirst());
      assertThatThrownBy(() -> client.save("c1", Optional.empty(), file))
          .hasMessageContaining("not where");
      assertThat(domains(file)).containsExactly("one", "two");
    }
  }

  @Test
  void what_is_new_is_added_and_newer_versions_take_the_place_of_older() throws IOException {
    Path file = folder.resolve("c1.json");
    var since = Optional.of(Instant.parse("2026-10-01T00:00:00Z"));
    script =
        List.of(
            envelope(
                "",
                indicator("1", "one.test", "2026-01-01T00:00:00Z"),
                indicator("2", "two.test", "2026-01-01T00:00:00.000Z")),
            envelope(
                "",
                indicator("2", "three.test", "2026-02-01T00:00:00Z"),
                indicator("1", "four.test", "2025-12-01T00:00:00Z")),
            "{}",
            envelope(
                "",
                indicator("1", "one.test", "2026-03-01T00:00:00Z")
                    .replace("\"pattern", "\"revoked\":true,\"pattern")));
    try (var client = new TaxiiClient(config(new TaxiiConfig.Login.None()))) {
      client.save("c1", Optional.empty(), file);
      assertThat(domains(file)).containsExactly("one", "two");
      client.save("c1", since, file);
      assertThat(domains(file)).containsExactly("one", "three");
      assertThat(Files.readString(file)).doesNotContain("two.test");
      client.save("c1", since, file);
      assertThat(domains(file)).containsExactly("one", "three");
      client.save("c1", since, file);
      assertThat(domains(file)).containsExactly("three");
    }
  }

  @Test
  void all_answers_together_are_bounded() {
    var config = config(new TaxiiConfig.Login.None());
    var small = new TaxiiConfig(config.root(), config.login(), config.timeout(), 10_000, 100, 200);
    try (var client = new TaxiiClient(small)) {
      assertThatThrownBy(() -> client.objects("c1", Optional.empty(), _ -> {}))
          .hasMessage("c1 has more than 200 bytes");
    }
  }

  @Test
  void a_watchlist_asks_its_collections_and_only_for_what_is_new() throws IOException {
    Path home = folder.resolve("home");
    Files.createDirectories(home.resolve("keys"));
    Files.writeString(home.resolve("keys/partner"), "t0ken\n");
    Files.createDirectories(home.resolve("i"));
    Files.writeString(
        home.resolve("i/sources.yml"),
        """
        sources:
          - {name: partner, tlp: green, taxii: {root: "%s", collection: c1, every: 1m, secret-file: partner}}
        """
            .formatted(config(new TaxiiConfig.Login.None()).root()));
    var now = new Instant[] {Seen.NOW};
    try (var list =
        new Watchlist(
            home.resolve("i"),
            home.resolve("keys"),
            () -> now[0],
            new io.micrometer.core.instrument.simple.SimpleMeterRegistry())) {
      var reader = new IndicatorReader(mo.farol.event.Scope.national(), true, true);
      until(() -> looked(list) == 2 && list.standing(reader).getFirst().nextAt().isPresent());
      assertThat(asked.getFirst()).endsWith(" Bearer t0ken").doesNotContain("added_after");
      int before = asked.size();
      list.look();
      assertThat(asked).hasSize(before);
      now[0] = Seen.NOW.plusSeconds(61);
      until(() -> looked(list) > 2);
      assertThat(asked.get(before)).contains("added_after=2026-11-02T00%3A00%3A00Z");
      assertThat(list.report().remarks()).isEmpty();
    }
  }

  private static void until(BooleanSupplier done) {
    for (int i = 0; i < 1_000 && !done.getAsBoolean(); i++) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(done.getAsBoolean()).isTrue();
  }

  private static int looked(Watchlist list) {
    list.look();
    return list.current().size();
  }
}
