package mo.farol.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import mo.farol.account.Role;
import mo.farol.export.ExportConfig;
import mo.farol.page.SmallCentre;
import mo.farol.search.Asker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The console over HTTP/2: one connection for all of a browser's pages. */
@Timeout(120)
class Http2Test {
  private static final String DAY = "&from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z";

  @TempDir private Path home;
  private SmallCentre centre;
  private HttpClient browser;

  @BeforeEach
  void open() throws IOException, GeneralSecurityException {
    var stall = Duration.ofSeconds(1);
    centre =
        new SmallCentre(
            home, true, new ExportConfig(4, Duration.ofSeconds(10), Duration.ofHours(1), stall));
    centre.account("ana", Role.ANALYST, Optional.empty());
    browser = HttpClient.newBuilder().sslContext(Trust.of(home)).build();
  }

  @AfterEach
  void close() {
    centre.readSlowly(Duration.ZERO);
    browser.shutdownNow();
    centre.close();
  }

  @Test
  void who_offers_it_gets_it_and_who_does_not_gets_http_1() throws Exception {
    assertThat(get("/help").version()).isEqualTo(HttpClient.Version.HTTP_2);
    try (var old =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Trust.of(home))
            .build()) {
      var answer = old.send(request("/help").build(), BodyHandlers.ofString());
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void twenty_pages_that_listen_leave_room_for_one_more() throws Exception {
    var heard = new CopyOnWriteArrayList<String>();
    for (int i = 0; i < 20; i++) {
      var line = request("/live").header("Accept", "text/event-stream").build();
      browser
          .sendAsync(line, BodyHandlers.ofLines())
          .thenAccept(answer -> answer.body().filter(l -> l.contains("told")).forEach(heard::add));
    }
    Awaitility.await().until(() -> centre.listening() == 20);

    assertThat(get("/help").statusCode()).isEqualTo(200);
    centre.publish(new LiveEvent("alert", "finance", Map.of("title", "told")));
    Awaitility.await().until(() -> heard.size() == 20);
  }

  @Test
  void a_request_that_is_given_up_ends_its_search_and_no_other() throws Exception {
    send(600, "line");
    centre.readSlowly(Duration.ofMillis(50));
    var ana = Asker.named("ana");
    var first =
        browser.sendAsync(
            request("/api/v1/events?limit=1000&q=line").build(), BodyHandlers.ofString());
    var second =
        browser.sendAsync(
            request("/api/v1/events?limit=1000&q=*").build(), BodyHandlers.ofString());
    Awaitility.await().until(() -> centre.search.underWay(ana).size() == 2);

    first.cancel(true);

    Awaitility.await().until(() -> centre.search.underWay(ana).size() == 1);
    assertThat(centre.search.underWay(ana).getFirst().query()).isEqualTo("*");
    centre.readSlowly(Duration.ZERO);
    assertThat(second.join().statusCode()).isEqualTo(200);
  }

  @Test
  void lines_that_their_pages_leave_are_left_at_once_whatever_is_told_meanwhile() throws Exception {
    for (int round = 0; round < 5; round++) {
      var lines = new ArrayList<CompletableFuture<HttpResponse<InputStream>>>();
      for (int i = 0; i < 10; i++) {
        var line = request("/live").header("Accept", "text/event-stream").build();
        lines.add(browser.sendAsync(line, BodyHandlers.ofInputStream()));
      }
      Awaitility.await().until(() -> centre.listening() == 10);

      for (var line : lines) {
        line.join().body().close();
        centre.publish(new LiveEvent("alert", "finance", Map.of("title", "told")));
      }

      Awaitility.await().until(() -> centre.listening() == 0);
    }
    assertThat(get("/help").statusCode()).isEqualTo(200);
  }

  @Test
  void a_file_that_is_not_taken_is_broken_off_and_its_connection_goes_on() throws Exception {
    send(300, "x".repeat(60_000));
    var answer =
        browser.send(
            request("/api/v1/events/export?format=csv" + DAY).build(),
            BodyHandlers.ofInputStream());
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(centre.deeds.latest(1).getFirst().detail())
                    .contains("the reader took nothing any more"));

    assertThatThrownBy(() -> readAll(answer)).isInstanceOf(IOException.class);
    var next = get("/help");
    assertThat(next.statusCode()).isEqualTo(200);
  }

  @Test
  void a_body_whose_length_is_not_said_is_refused() throws Exception {
    var body =
        BodyPublishers.fromPublisher(BodyPublishers.ofString("{\"ids\":[],\"action\":\"x\"}"));
    var answer =
        browser.send(
            request("/api/v1/alerts").method("PATCH", body).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(411);
  }

  private static void readAll(HttpResponse<InputStream> answer) throws IOException {
    try (var body = answer.body()) {
      body.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return browser.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(centre.address(path))
        .header("Authorization", "Bearer " + centre.token("ana"))
        .timeout(Duration.ofSeconds(30));
  }

  private void send(int count, String message) {
    String[] lines = new String[10];
    Arrays.fill(lines, "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - " + message);
    for (int n = 0; n < count; n += 10) {
      centre.send("finance", Instant.parse("2026-11-24T09:01:00Z"), lines).join();
    }
    centre.settle();
  }
}
