package mo.farol.page;

import static mo.farol.page.ExportCentre.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import mo.farol.account.Person;
import mo.farol.account.Role;
import mo.farol.export.ExportConfig;
import mo.farol.ledger.Deeds;
import mo.farol.search.Asker;
import mo.farol.web.SlowReaderLimits;
import mo.farol.web.Trust;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose turn it is to take a file out, and what becomes of readers that are slow or gone. */
class ExportTurnsTest {
  @TempDir private Path home;
  private @Nullable ExportCentre opened;

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  @Test
  void a_file_ends_where_its_reader_is_no_longer_let_in() {
    var exports =
        open(
            false,
            new ExportConfig(
                4,
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                new SlowReaderLimits(Duration.ofMinutes(1), 1, Duration.ofSeconds(30)),
                Duration.ZERO));
    exports.fill(50, "line");
    String token = exports.centre.token("ana");
    exports.centre.readSlowly(Duration.ofMillis(200));
    var answer = CompletableFuture.supplyAsync(() -> exports.apiBy(token, "format=jsonl" + DAY));
    exports.awaitBegun();
    exports.centre.tokens.end(token, "test");

    // Broken off; a client that got no byte asks again and is turned away.
    assertThat(answer.handle((got, broken) -> got == null ? 401 : got.statusCode()).join())
        .isEqualTo(401);
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(exports.lastDetail()).contains("(the reader is no longer let in)"));
  }

  @Test
  void a_reader_that_goes_away_is_noticed_while_nothing_is_written() throws IOException {
    var exports = open(false, ExportConfig.defaults());
    exports.fill(400, "line");
    exports.centre.readSlowly(Duration.ofMillis(50));
    try (var reader = new Socket()) {
      ask(reader, exports);
      exports.awaitBegun();
    }

    Awaitility.await()
        .untilAsserted(() -> assertThat(exports.lastDetail()).contains("(the reader went away)"));
    exports.centre.readSlowly(Duration.ZERO);
    assertThat(exports.api("ana", "format=csv&q=nothing" + DAY).statusCode()).isEqualTo(200);
  }

  @Test
  void a_file_goes_on_after_a_search_was_refused_in_its_middle() {
    var exports = open(false, ExportConfig.defaults());
    exports.fill(4_200, "line"); // more than one search finds
    exports.centre.readSlowly(Duration.ofMillis(10));
    var file =
        CompletableFuture.supplyAsync(
            () -> exports.api("ana", "format=jsonl&q=line" + DAY), Thread::startVirtualThread);
    exports.awaitBegun();
    var crowd = SearchCrowd.of(exports.centre.search, Asker.named("ana"));
    double refused = exports.centre.refusedSearches();
    exports.centre.readSlowly(Duration.ZERO);

    Awaitility.await().until(() -> exports.centre.refusedSearches() > refused);
    crowd.letGo();

    assertThat(file.join().body().lines()).hasSize(4_200);
    assertThat(file.join().body()).doesNotContain("farol.partial");
  }

  @Test
  void programs_of_one_name_and_two_agencies_take_out_one_file_each() {
    var exports = open(false, ExportConfig.defaults());
    exports.fill(400, "line");
    exports.centre.readSlowly(Duration.ofMillis(50));
    var file = CompletableFuture.supplyAsync(() -> siem(exports, "finance", "format=jsonl" + DAY));
    exports.awaitBegun();

    assertThat(siem(exports, "finance", "format=csv" + DAY).statusCode()).isEqualTo(409);
    assertThat(siem(exports, "health", "format=csv" + DAY).statusCode()).isEqualTo(200);
    exports.centre.readSlowly(Duration.ZERO);
    assertThat(file.join().body().lines()).hasSize(400);
  }

  @Test
  void a_reader_that_takes_nothing_gives_its_turn_back() throws IOException {
    var exports =
        open(
            false,
            new ExportConfig(
                1, Duration.ofMillis(200), Duration.ofHours(1), Duration.ofSeconds(3)));
    exports.fillMuch();
    try (var reader = new Socket()) {
      reader.setReceiveBufferSize(4096);
      ask(reader, exports);
      exports.awaitBegun();

      // One file a person, and here one of all.
      var own = exports.api("ana", "format=csv&q=nothing" + DAY);
      assertThat(own.statusCode()).isEqualTo(409);
      assertThat(own.body()).contains("Another file of yours");
      assertThat(exports.api("rui", "format=csv&q=nothing" + DAY).statusCode()).isEqualTo(503);
      Awaitility.await()
          .atMost(Duration.ofSeconds(25))
          .untilAsserted(
              () ->
                  assertThat(exports.api("ana", "format=csv&q=nothing" + DAY).statusCode())
                      .isEqualTo(200));
      assertThat(exports.centre.deeds.latest(10))
          .extracting(Deeds.Deed::detail)
          .anyMatch(detail -> detail.contains("the reader took nothing any more"));
    }
  }

  @Test
  void nor_does_one_over_tls_keep_it() throws IOException, GeneralSecurityException {
    var exports =
        open(
            true,
            new ExportConfig(
                1, Duration.ofMillis(200), Duration.ofHours(1), Duration.ofSeconds(1)));
    exports.fillMuch();
    try (var reader = Trust.of(home).getSocketFactory().createSocket()) {
      reader.setReceiveBufferSize(4096);
      ask(reader, exports);
      Awaitility.await()
          .atMost(Duration.ofSeconds(25))
          .untilAsserted(
              () -> assertThat(exports.lastDetail()).contains("the reader took nothing any more"));
    }
  }

  private ExportCentre open(boolean tls, ExportConfig config) {
    var exports = new ExportCentre(home, tls, config);
    opened = exports;
    return exports;
  }

  private static void ask(Socket reader, ExportCentre exports) throws IOException {
    var centre = exports.centre;
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

  private static HttpResponse<String> siem(ExportCentre exports, String agency, String asked) {
    var siem = new Person("siem", "siem", Role.AGENCY, Optional.of(agency));
    String token = exports.centre.tokens.api(siem, "test", Optional.empty(), "test");
    return exports.apiBy(token, asked);
  }
}
