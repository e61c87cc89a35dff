package mo.farol.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests and answers as its documentation has them; its program is nowhere to be had here. */
class VictoriaLogsTest {
  private static final Instant FROM = Instant.parse("2026-11-25T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-11-25T15:00:00Z");
  private static final Question COUNTS = new Question.Counts("failed", "password", FROM, TO);
  private static final Question TOP = new Question.Top("user.name", 10, FROM, TO);

  @Test
  void a_page_is_the_newest_fifty_within_the_time() {
    assertThat(asked(new Question.Term("source.ip", "198.18.0.1", FROM, TO)))
        .isEqualTo(
            "/select/logsql/query?query=\"source.ip\":=\"198.18.0.1\""
                + "&start=2026-11-25T00:00:00Z&end=2026-11-25T15:00:00Z&limit=50");
  }

  @Test
  void a_wildcard_is_an_expression_from_end_to_end() {
    assertThat(asked(new Question.Wildcard("url.path", "*ab12*.js", FROM, TO)))
        .contains("\"url.path\":~\"^.*ab12.*\\\\.js$\"");
  }

  @Test
  void words_are_asked_in_any_case_and_bins_are_a_sixtieth() {
    assertThat(asked(COUNTS))
        .startsWith("/select/logsql/hits?query=i(failed) i(password)&")
        .endsWith("&step=15m");
    assertThat(asked(TOP)).contains("\"user.name\":* | top 10 by (\"user.name\")");
  }

  @Test
  void rows_bins_and_values_are_read() throws IOException {
    var page = new Question.Text("failed", "password", FROM, TO);

    assertThat(
            VictoriaLogs.read(
                page,
                "{\"_time\":\"1970-01-01T00:00:01Z\"}\n{\"_time\":\"1970-01-01T00:00:02Z\"}\n",
                7))
        .isEqualTo(new Answer(7, List.of(2000L, 1000L)));
    assertThat(VictoriaLogs.read(COUNTS, "{\"hits\":[{\"fields\":{},\"values\":[4,0,5]}]}", 0))
        .isEqualTo(new Answer(9, List.of(4L, 5L)));
    assertThat(
            VictoriaLogs.read(
                TOP,
                "{\"user.name\":\"a\",\"hits\":\"3\"}\n{\"user.name\":\"b\",\"hits\":\"2\"}",
                0))
        .isEqualTo(new Answer(5, List.of(3L, 2L)));
  }

  private static String asked(Question question) {
    return URLDecoder.decode(VictoriaLogs.asked(question).path(), UTF_8);
  }
}
