package mo.farol.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenSearchRequestsTest {
  private static final Instant FROM = Instant.parse("2026-11-25T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-11-25T15:00:00Z");
  private static final Question TERM = new Question.Term("source.ip", "198.18.0.1", FROM, TO);
  private static final Question COUNTS = new Question.Counts("", "", FROM, TO);

  @Test
  void a_field_is_mapped_to_what_ecs_types_it_as_and_no_other_is_taken() {
    var fields = new TreeSet<>(Set.of("source.ip", "source.port", "message", "user.name"));

    assertThat(OpenSearchRequests.index(fields))
        .contains(
            "\"dynamic\":\"strict\"",
            "\"@timestamp\":{\"type\":\"date\"}",
            "\"message\":{\"type\":\"text\",\"norms\":false}",
            "\"source.ip\":{\"type\":\"ip\"}",
            "\"source.port\":{\"type\":\"long\"}",
            "\"user.name\":{\"type\":\"keyword\"}");
  }

  @Test
  void the_newest_fifty_are_asked_for_and_all_are_counted_only_to_compare() {
    assertThat(OpenSearchRequests.body(TERM, false))
        .contains("{\"term\":{\"source.ip\":\"198.18.0.1\"}}", "\"size\":50")
        .contains("\"sort\":[{\"@timestamp\":\"desc\"}]")
        .doesNotContain("track_total_hits");
    assertThat(OpenSearchRequests.body(TERM, true)).contains("\"track_total_hits\":true");
  }

  @Test
  void a_bin_is_a_sixtieth_of_the_corpus() {
    assertThat(OpenSearchRequests.body(COUNTS, false))
        .contains("\"fixed_interval\":\"15m\"", "\"size\":0");
  }

  @Test
  void rows_are_read_by_their_times_and_bins_by_their_counts() throws IOException {
    var rows =
        """
        {"hits": {"total": {"value": 7}, "hits": [
          {"_source": {"@timestamp": "1970-01-01T00:00:02Z"}},
          {"_source": {"@timestamp": "1970-01-01T00:00:01.5Z"}}]}}
        """;
    var bins =
        """
        {"hits": {"total": {"value": 9}}, "aggregations": {"counts": {"buckets": [
          {"doc_count": 4}, {"doc_count": 0}, {"doc_count": 5}]}}}
        """;

    assertThat(OpenSearchRequests.read(TERM, rows.getBytes(UTF_8)))
        .isEqualTo(new Answer(7, List.of(2000L, 1500L)));
    assertThat(OpenSearchRequests.read(COUNTS, bins.getBytes(UTF_8)))
        .isEqualTo(new Answer(9, List.of(4L, 5L)));
  }

  @Test
  void an_answer_that_is_not_whole_counts_for_nothing() {
    assertThatThrownBy(() -> OpenSearchRequests.read(TERM, "{\"timed_out\": true}".getBytes(UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not answer in full");
  }
}
