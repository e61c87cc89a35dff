package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
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
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import mo.farol.account.Person;
import mo.farol.account.Role;
import mo.farol.event.Agency;
import mo.farol.export.ExportConfig;
import mo.farol.ledger.Deeds;
import mo.farol.search.Asker;
import mo.farol.web.Patience;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events taken out as a file. */
class ExportTest {
  private static final String DAY = "&from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z";

  @TempDir private Path home;
  private @Nullable SmallCentre opened;

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  @Test
  void every_event_is_in_the_file_not_only_a_page_of_them() {
    var centre = open(ExportConfig.defaults());
    var lines = new String[500];
    for (int n = 0; n < 5; n++) {
      for (int i = 0; i < lines.length; i++) {
        lines[i] = "<13>1 2026-11-24T09:%02d:00Z pay-01 ledger - - - line".formatted(i % 60);
      }
      centre.send("finance", centre.clock.instant(), lines).join();
    }
    centre.settle();

    var file = api("ana", "format=jsonl&q=line" + DAY);
    assertThat(file.body().lines()).hasSize(2_500).allMatch(line -> line.endsWith("}"));
    assertThat(file.body().lines().distinct()).hasSize(2_500);
    assertThat(file.body()).doesNotContain("farol.partial");
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"farol-events.ndjson\"");
    var last = centre.deeds.latest(2);
    assertThat(last)
        .extracting(Deeds.Deed::what)
        .containsExactly("events.exported", "events.export");
    assertThat(last).extracting(Deeds.Deed::by).containsOnly("ana");
    assertThat(last.getFirst().detail()).startsWith("2500 events: ndjson").contains("query line");
  }

  @Test
  void csv_has_the_columns_asked_for_and_no_formula() {
    var centre = open(ExportConfig.defaults());
    send("finance", "<13>1 2026-11-24T09:01:00Z pay-01 =cmd|calc - - - @SUM(1)");
    centre.settle();

    var file = api("ana", "format=csv&fields=id,time,app,message,nothing,raw" + DAY);
    assertThat(file.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
    assertThat(file.body().split("\r\n", -1))
        .containsExactly(
            "\"id\",\"time\",\"app\",\"message\",\"nothing\",\"raw\"",
            "\"0\",\"2026-11-24T09:01:00Z\",\"'=cmd|calc\",\"'@SUM(1)\",\"\",\"<13>1"
                + " 2026-11-24T09:01:00Z pay-01 =cmd|calc - - - @SUM(1)\"",
            "");
    assertThat(api("ana", "format=csv&bom=true" + DAY).body()).startsWith("\uFEFF\"id\",");
    assertThat(api("ana", "format=jsonl&fields=user,message" + DAY).body())
        .isEqualTo("{\"user\":null,\"message\":\"@SUM(1)\"}\n");
  }

  @Test
  void a_column_with_a_short_name_has_the_senders_own_value_where_ecs_has_none() {
    var centre = open(ExportConfig.defaults());
    send(
        "finance", "<13>1 2026-11-24T09:01:00Z fw - - - - {\"action\":\"blocked\",\"lane\":\"2\"}");
    centre.settle();

    String fields = "&fields=action,event.action,%5Clane";
    assertThat(api("ana", "format=jsonl&q=" + in("action:blocked") + fields + DAY).body())
        .isEqualTo(
            """
            {"action":"blocked","event.action":null,"\\\\lane":"2"}
            """);
  }

  @Test
  void a_limit_that_leaves_events_out_is_said_in_name_header_and_last_line() {
    var centre = open(ExportConfig.defaults());
    for (int i = 0; i < 3; i++) {
      send("finance", "<13>1 2026-11-24T09:0%d:00Z pay-01 ledger - - - line".formatted(i));
    }
    centre.settle();

    var csv = api("ana", "format=csv&limit=2" + DAY);
    assertThat(csv.body().lines()).hasSize(3);
    assertThat(csv.headers().firstValue("X-Farol-Partial"))
        .contains("only the newest 2 events were asked for");
    assertThat(csv.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"farol-events-partial.csv\"");
    assertThat(api("ana", "format=jsonl&limit=2" + DAY).body().lines())
        .hasSize(3)
        .last()
        .asString()
        .startsWith("{\"farol.partial\":[\"only the newest 2 events");
    var all = api("ana", "format=csv&limit=3" + DAY);
    assertThat(all.headers().firstValue("X-Farol-Partial")).isEmpty();
    assertThat(api("ana", "format=jsonl&limit=3" + DAY).body()).doesNotContain("farol.partial");
  }

  @Test
  void what_is_cut_in_its_middle_says_so_or_fails_for_whoever_reads_it() {
    var centre =
        open(new ExportConfig(1, Duration.ofSeconds(10), Duration.ZERO, Duration.ofMinutes(1)));
    send("finance", "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - one");
    send("finance", "<13>1 2026-11-24T09:02:00Z pay-01 ledger - - - two");
    centre.settle();

    assertThat(api("ana", "format=jsonl" + DAY).body().lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("{\"farol.partial\":[\"an export takes at most");
    // Broken off; a client that has read no byte of it asks again, while that one is being ended.
    assertThat(status("format=csv" + DAY)).isIn(0, 409);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(centre.deeds.latest(1).getFirst().detail())
                    .startsWith("1 events (an export takes at most"));
    // What is complete by then is whole.
    assertThat(api("ana", "format=csv&q=two" + DAY).body().lines()).hasSize(2);
  }

  @Test
  void an_agencys_reader_takes_out_its_own_events_only() {
    var centre = open(ExportConfig.defaults());
    send("finance", "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - of finance");
    send("health", "<13>1 2026-11-24T09:02:00Z ward-01 ledger - - - of health");
    centre.settle();

    for (String query : new String[] {"", "*", "NOT agency:health", "agency:finance OR of"}) {
      assertThat(api("rui", "format=jsonl&fields=raw,agency&q=" + in(query) + DAY).body())
          .as(query)
          .doesNotContain("finance");
    }
    assertThat(api("rui", "format=jsonl" + DAY).body()).contains("of health");
    var rui = new Visitor(centre);
    rui.signIn("rui");
    assertThat(rui.get("/search/export?format=csv&q=*" + DAY).body())
        .contains("of health")
        .doesNotContain("finance");
    assertThat(new Visitor(centre).get("/search/export?q=*").statusCode()).isEqualTo(302);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format=pdf",
        "format=csv&q=user.name%3A%28",
        "format=csv&q=*+%7C+count",
        "format=csv&limit=many",
        "format=csv&q=message%3A%2Fa%7B9999%7D%7B9999%7D%2F"
      })
  void what_cannot_be_exported_is_a_problem_and_no_file(String asked) {
    var centre = open(ExportConfig.defaults());
    send("finance", "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - aaa");
    centre.settle();

    var answer = api("ana", asked + DAY);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
    assertThat(centre.deeds.latest(20))
        .extracting(Deeds.Deed::what)
        .doesNotContain("events.export");
  }

  @Test
  void a_file_ends_where_its_reader_is_no_longer_let_in() {
    var centre =
        open(
            new ExportConfig(
                4,
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                new Patience(Duration.ofMinutes(1), 1, Duration.ofSeconds(30)),
                Duration.ZERO));
    for (int i = 0; i < 50; i++) {
      send("finance", "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - line");
    }
    centre.settle();
    String token = centre.token("ana");
    centre.readSlowly(Duration.ofMillis(200));
    var answer =
        CompletableFuture.supplyAsync(
            () -> new Visitor(centre).api(token, "GET", "/events/export?format=jsonl" + DAY, ""));
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(centre.deeds.latest(1).getFirst().what()).isEqualTo("events.export"));
    centre.tokens.end(token, "test");

    // Broken off; a client that got no byte asks again and is turned away.
    assertThat(answer.handle((got, broken) -> got == null ? 401 : got.statusCode()).join())
        .isEqualTo(401);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(centre.deeds.latest(1).getFirst().detail())
                    .contains("(the reader is no longer let in)"));
  }

  @Test
  void a_reader_that_goes_away_is_noticed_while_nothing_is_written() throws IOException {
    var centre = open(ExportConfig.defaults());
    send(centre, 400);
    centre.readSlowly(Duration.ofMillis(50));
    try (var reader = new Socket()) {
      ask(reader, centre);
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(centre.deeds.latest(1).getFirst().what()).isEqualTo("events.export"));
    }

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(centre.deeds.latest(1).getFirst().detail())
                    .contains("(the reader went away)"));
    centre.readSlowly(Duration.ZERO);
    assertThat(api("ana", "format=csv&q=nothing" + DAY).statusCode()).isEqualTo(200);
  }

  @Test
  void a_file_goes_on_after_a_search_was_refused_in_its_middle() {
    var centre = open(ExportConfig.defaults());
    send(centre, 4_200); // more than one search finds
    centre.readSlowly(Duration.ofMillis(10));
    var file =
        CompletableFuture.supplyAsync(
            () -> api("ana", "format=jsonl&q=line" + DAY), Thread::startVirtualThread);
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(centre.deeds.latest(1).getFirst().what()).isEqualTo("events.export"));
    var crowd = centre.crowd(Asker.named("ana"));
    double refused = centre.refusedSearches();
    centre.readSlowly(Duration.ZERO);

    Awaitility.await().until(() -> centre.refusedSearches() > refused);
    crowd.countDown();

    assertThat(file.join().body().lines()).hasSize(4_200);
    assertThat(file.join().body()).doesNotContain("farol.partial");
  }

  @Test
  void programs_of_one_name_and_two_agencies_take_out_one_file_each() {
    var centre = open(ExportConfig.defaults());
    send(centre, 400);
    centre.readSlowly(Duration.ofMillis(50));
    var file = CompletableFuture.supplyAsync(() -> siem("finance", "format=jsonl" + DAY));
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(centre.deeds.latest(1).getFirst().what()).isEqualTo("events.export"));

    assertThat(siem("finance", "format=csv" + DAY).statusCode()).isEqualTo(409);
    assertThat(siem("health", "format=csv" + DAY).statusCode()).isEqualTo(200);
    centre.readSlowly(Duration.ZERO);
    assertThat(file.join().body().lines()).hasSize(400);
  }

  @Test
  void it_is_packed_where_the_reader_asks_for_it() throws IOException, InterruptedException {
    var centre = open(ExportConfig.defaults());
    for (int i = 0; i < 40; i++) {
      send("finance", "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - " + "same ".repeat(50));
    }
    centre.settle();
    var request =
        HttpRequest.newBuilder(
                URI.create(centre.address("/api/v1/events/export") + "?format=csv" + DAY))
            .header("Authorization", "Bearer " + centre.token("ana"))
            .header("Accept-Encoding", "gzip")
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());

      assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
      var text =
          new String(
              new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(text.lines()).hasSize(41);
      assertThat(answer.body().length).isLessThan(text.length() / 4);
    }
  }

  @Test
  void a_reader_that_takes_nothing_gives_its_turn_back() throws IOException {
    var centre =
        open(
            new ExportConfig(
                1, Duration.ofMillis(200), Duration.ofHours(1), Duration.ofSeconds(3)));
    sendMuch(centre);
    try (var reader = new Socket()) {
      reader.setReceiveBufferSize(4096);
      ask(reader, centre);
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(centre.deeds.latest(1).getFirst().what()).isEqualTo("events.export"));

      // One file a person, and here one of all.
      var own = api("ana", "format=csv&q=nothing" + DAY);
      assertThat(own.statusCode()).isEqualTo(409);
      assertThat(own.body()).contains("Another file of yours");
      assertThat(api("rui", "format=csv&q=nothing" + DAY).statusCode()).isEqualTo(503);
      Awaitility.await()
          .atMost(Duration.ofSeconds(25))
          .untilAsserted(
              () ->
                  assertThat(api("ana", "format=csv&q=nothing" + DAY).statusCode()).isEqualTo(200));
      assertThat(centre.deeds.latest(10))
          .extracting(Deeds.Deed::detail)
          .anyMatch(detail -> detail.contains("the reader took nothing any more"));
    }
  }

  @Test
  void nor_does_one_over_tls_keep_it() throws IOException, GeneralSecurityException {
    var centre =
        open(
            true,
            new ExportConfig(
                1, Duration.ofMillis(200), Duration.ofHours(1), Duration.ofSeconds(1)));
    sendMuch(centre);
    try (var reader = trusting().getSocketFactory().createSocket()) {
      reader.setReceiveBufferSize(4096);
      ask(reader, centre);
      Awaitility.await()
          .atMost(Duration.ofSeconds(25))
          .untilAsserted(
              () ->
                  assertThat(centre.deeds.latest(1).getFirst().detail())
                      .contains("the reader took nothing any more"));
    }
  }

  // The console's certificate is its own: nobody else vouches for it.
  private SSLContext trusting() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var pem = Files.newInputStream(home.resolve("keys/console.pem"))) {
      store.setCertificateEntry(
          "console", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static void ask(Socket reader, SmallCentre centre) throws IOException {
    reader.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), centre.address("/").getPort()));
    reader
        .getOutputStream()
        .write(
            ("GET /api/v1/events/export?format=jsonl"
                    + DAY
                    + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                    + centre.token("ana")
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
  }

  // More than the buffers of a connection hold.
  private static void sendMuch(SmallCentre centre) {
    String large = "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - " + "x".repeat(60_000);
    for (int n = 0; n < 50; n++) {
      String[] lines = new String[10];
      Arrays.fill(lines, large);
      centre.send("finance", centre.clock.instant(), lines).join();
    }
    centre.settle();
  }

  private static void send(SmallCentre centre, int count) {
    String[] lines = new String[count];
    Arrays.fill(lines, "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - line");
    centre.send("finance", centre.clock.instant(), lines).join();
    centre.settle();
  }

  private HttpResponse<String> siem(String agency, String asked) {
    var siem = new Person("siem", "siem", Role.AGENCY, Optional.of(agency));
    String token = centre().tokens.api(siem, "test", Optional.empty(), "test");
    return new Visitor(centre()).api(token, "GET", "/events/export?" + asked, "");
  }

  private SmallCentre open(ExportConfig config) {
    return open(false, config);
  }

  private SmallCentre open(boolean tls, ExportConfig config) {
    var centre = new SmallCentre(home, tls, config);
    opened = centre;
    centre.agencies.add(new Agency("finance", "Finance Bureau"));
    centre.agencies.add(new Agency("health", "Health Bureau"));
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("rui", Role.AGENCY, Optional.of("health"));
    return centre;
  }

  private SmallCentre centre() {
    return java.util.Objects.requireNonNull(opened);
  }

  private void send(String agency, String line) {
    centre().send(agency, centre().clock.instant(), line).join();
  }

  // 0 for an answer that was broken off.
  private int status(String asked) {
    try {
      return api("ana", asked).statusCode();
    } catch (IllegalStateException e) {
      return 0;
    }
  }

  private HttpResponse<String> api(String name, String asked) {
    return new Visitor(centre()).api(centre().token(name), "GET", "/events/export?" + asked, "");
  }

  private static String in(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }
}
