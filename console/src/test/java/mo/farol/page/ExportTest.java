package mo.farol.page;

import static mo.farol.page.ExportCentre.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import mo.farol.export.ExportConfig;
import mo.farol.ledger.Deeds;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events taken out as a file: what is in it, and what it says that it lacks. */
class ExportTest {
  @TempDir private Path home;
  private @Nullable ExportCentre opened;

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  @Test
  void every_event_is_in_the_file_not_only_a_page_of_them() {
    var exports = open(ExportConfig.defaults());
    var lines = new String[500];
    for (int n = 0; n < 5; n++) {
      for (int i = 0; i < lines.length; i++) {
        lines[i] = "<13>1 2026-11-24T09:%02d:00Z pay-01 ledger - - - line".formatted(i % 60);
      }
      exports.centre.send("finance", exports.centre.clock.instant(), lines).join();
    }
    exports.settle();

    var file = exports.api("ana", "format=jsonl&q=line" + DAY);
    assertThat(file.body().lines()).hasSize(2_500).allMatch(line -> line.endsWith("}"));
    assertThat(file.body().lines().distinct()).hasSize(2_500);
    assertThat(file.body()).doesNotContain("farol.partial");
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"farol-events.ndjson\"");
    var last = exports.centre.deeds.latest(2);
    assertThat(last)
        .extracting(Deeds.Deed::what)
        .containsExactly("events.exported", "events.export");
    assertThat(last).extracting(Deeds.Deed::by).containsOnly("ana");
    assertThat(last.getFirst().detail()).startsWith("2500 events: ndjson").contains("query line");
  }

  @Test
  void csv_has_the_columns_asked_for_and_no_formula() {
    var exports = open(ExportConfig.defaults());
    exports.send("finance", "<13>1 2026-11-24T09:01:00Z pay-01 =cmd|calc - - - @SUM(1)");
    exports.settle();

    var file = exports.api("ana", "format=csv&fields=id,time,app,message,nothing,raw" + DAY);
    assertThat(file.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
    assertThat(file.body().split("\r\n", -1))
        .containsExactly(
            "\"id\",\"time\",\"app\",\"message\",\"nothing\",\"raw\"",
            "\"0\",\"2026-11-24T09:01:00Z\",\"'=cmd|calc\",\"'@SUM(1)\",\"\",\"<13>1"
                + " 2026-11-24T09:01:00Z pay-01 =cmd|calc - - - @SUM(1)\"",
            "");
    assertThat(exports.api("ana", "format=csv&bom=true" + DAY).body()).startsWith("\uFEFF\"id\",");
    assertThat(exports.api("ana", "format=jsonl&fields=user,message" + DAY).body())
        .isEqualTo("{\"user\":null,\"message\":\"@SUM(1)\"}\n");
  }

  @Test
  void a_column_with_a_short_name_has_the_senders_own_value_where_ecs_has_none() {
    var exports = open(ExportConfig.defaults());
    exports.send(
        "finance", "<13>1 2026-11-24T09:01:00Z fw - - - - {\"action\":\"blocked\",\"lane\":\"2\"}");
    exports.settle();

    String fields = "&fields=action,event.action,%5Clane";
    assertThat(exports.api("ana", "format=jsonl&q=" + in("action:blocked") + fields + DAY).body())
        .isEqualTo(
            """
            {"action":"blocked","event.action":null,"\\\\lane":"2"}
            """);
  }

  @Test
  void a_limit_that_leaves_events_out_is_said_in_name_header_and_last_line() {
    var exports = open(ExportConfig.defaults());
    for (int i = 0; i < 3; i++) {
      exports.send("finance", "<13>1 2026-11-24T09:0%d:00Z pay-01 ledger - - - line".formatted(i));
    }
    exports.settle();

    var csv = exports.api("ana", "format=csv&limit=2" + DAY);
    assertThat(csv.body().lines()).hasSize(3);
    assertThat(csv.headers().firstValue("X-Farol-Partial"))
        .contains("only the newest 2 events were asked for");
    assertThat(csv.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"farol-events-partial.csv\"");
    assertThat(exports.api("ana", "format=jsonl&limit=2" + DAY).body().lines())
        .hasSize(3)
        .last()
        .asString()
        .startsWith("{\"farol.partial\":[\"only the newest 2 events");
    var all = exports.api("ana", "format=csv&limit=3" + DAY);
    assertThat(all.headers().firstValue("X-Farol-Partial")).isEmpty();
    assertThat(exports.api("ana", "format=jsonl&limit=3" + DAY).body())
        .doesNotContain("farol.partial");
  }

  @Test
  void what_is_cut_in_its_middle_says_so_or_fails_for_whoever_reads_it() {
    var exports =
        open(new ExportConfig(1, Duration.ofSeconds(10), Duration.ZERO, Duration.ofMinutes(1)));
    exports.send("finance", "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - one");
    exports.send("finance", "<13>1 2026-11-24T09:02:00Z pay-01 ledger - - - two");
    exports.settle();

    assertThat(exports.api("ana", "format=jsonl" + DAY).body().lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("{\"farol.partial\":[\"an export takes at most");
    // Broken off; a client that has read no byte of it asks again, while that one is being ended.
    assertThat(status(exports, "format=csv" + DAY)).isIn(0, 409);
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(exports.lastDetail()).startsWith("1 events (an export takes at most"));
    // What is complete by then is whole.
    assertThat(exports.api("ana", "format=csv&q=two" + DAY).body().lines()).hasSize(2);
  }

  @Test
  void an_agencys_reader_takes_out_its_own_events_only() {
    var exports = open(ExportConfig.defaults());
    exports.send("finance", "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - of finance");
    exports.send("health", "<13>1 2026-11-24T09:02:00Z ward-01 ledger - - - of health");
    exports.settle();

    for (String query : new String[] {"", "*", "NOT agency:health", "agency:finance OR of"}) {
      assertThat(exports.api("rui", "format=jsonl&fields=raw,agency&q=" + in(query) + DAY).body())
          .as(query)
          .doesNotContain("finance");
    }
    assertThat(exports.api("rui", "format=jsonl" + DAY).body()).contains("of health");
    var rui = new Visitor(exports.centre);
    rui.enter("rui");
    assertThat(rui.get("/search/export?format=csv&q=*" + DAY).body())
        .contains("of health")
        .doesNotContain("finance");
    assertThat(new Visitor(exports.centre).get("/search/export?q=*").statusCode()).isEqualTo(302);
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
    var exports = open(ExportConfig.defaults());
    exports.send("finance", "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - aaa");
    exports.settle();

    var answer = exports.api("ana", asked + DAY);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
    assertThat(exports.centre.deeds.latest(20))
        .extracting(Deeds.Deed::what)
        .doesNotContain("events.export");
  }

  @Test
  void it_is_packed_where_the_reader_asks_for_it() throws IOException, InterruptedException {
    var exports = open(ExportConfig.defaults());
    exports.fill(40, "same ".repeat(50));
    var request =
        HttpRequest.newBuilder(
                URI.create(exports.centre.address("/api/v1/events/export") + "?format=csv" + DAY))
            .header("Authorization", "Bearer " + exports.centre.token("ana"))
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

  private ExportCentre open(ExportConfig config) {
    var exports = new ExportCentre(home, config);
    opened = exports;
    return exports;
  }

  // 0 for an answer that was broken off.
  private static int status(ExportCentre exports, String asked) {
    try {
      return exports.api("ana", asked).statusCode();
    } catch (IllegalStateException e) {
      return 0;
    }
  }

  private static String in(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }
}
