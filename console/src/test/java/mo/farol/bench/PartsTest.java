package mo.farol.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Parts of the bench, too small to say how fast; what they count must be right. Most are slow. */
class PartsTest {
  @Test
  void every_message_over_relp_is_answered_and_found_on_disk() throws Exception {
    var said = bench("--part", "relp", "--rate", "400", "--seconds", "2", "--runs", "1");

    assertThat(said).contains("800 of 800 answered", "all 800 on disk and parsed");
  }

  @Test
  @Tag("slow")
  void as_many_tls_connections_are_open_as_were_asked_for() throws Exception {
    assertThat(bench("--part", "idle", "--connections", "20"))
        .contains("20 by mutual TLS")
        .containsPattern("resident: [1-9][0-9]* MiB before, [1-9][0-9]* MiB with them");
  }

  @Test
  @Tag("slow")
  void every_line_over_one_connection_is_received_and_parsed() throws Exception {
    assertThat(bench("--part", "collect", "--events", "2000", "--runs", "1"))
        .contains("10,000 lines of 260 bytes")
        .containsPattern("farol: [0-9,]+ events/s, [0-9.]+ CPU-s per million");
  }

  @Test
  @Tag("slow")
  void every_event_is_searchable_and_every_question_answered() throws Exception {
    assertThat(bench("search", "--events", "20000", "--runs", "1"))
        .contains("20,000 events of ", "all 20,000 events found")
        .containsPattern("events/s, sent to searchable \\| [0-9,]+ / [0-9,]+ / [0-9,]+ \\|")
        .containsPattern("wildcard .* on url.path, newest 50: p99, ms \\| [0-9.]+ /")
        .containsPattern("first search then, ms \\| [0-9.,]+ /")
        .doesNotContain("DIFFER");
  }

  @Test
  @Tag("slow")
  void with_every_stage_on_each_probe_s_alert_is_shown_to_a_reader() throws Exception {
    assertThat(
            bench(
                "--events",
                "7000",
                "--runs",
                "1",
                "--rules",
                "5",
                "--rate",
                "2000",
                "--seconds",
                "3"))
        .containsPattern("sent to searchable .farol: and detected. \\| [0-9,]+ / [0-9,]+ / [0-9,]+")
        .contains("15 of 15 alerts shown")
        .containsPattern("p50 [0-9,]+, p99 [0-9,]+, longest [0-9,]+ ms");
  }

  private static String bench(String... words) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of("bench"));
    all.addAll(List.of(words));
    var process = ChildJvm.start(all);
    String said = String.join("\n", ChildJvm.reader(process).lines().toList());
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
