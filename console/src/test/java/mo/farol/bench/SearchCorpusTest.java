package mo.farol.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is measured is what is said to be measured. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchCorpusTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EVENTS = 20_000;

  private Path folder;
  private Corpus corpus;
  private List<JsonNode> documents;

  @BeforeAll
  void write(@TempDir Path temporary) throws IOException {
    folder = temporary;
    corpus = Corpus.write(folder, EVENTS, 7, EnumSet.allOf(Corpus.Form.class));
    documents = new ArrayList<>();
    for (var line : lines(Corpus.Form.LINES.ending())) {
      documents.add(JSON.readTree(line));
    }
  }

  @Test
  void there_are_as_many_lines_and_documents_as_were_asked_for() throws IOException {
    assertThat(lines(Corpus.LOG)).hasSize(EVENTS);
    assertThat(documents).hasSize(EVENTS);
    assertThat(lines(Corpus.Form.BULK.ending()))
        .hasSize(2 * EVENTS)
        .first()
        .isEqualTo("{\"create\":{}}");
    assertThat(corpus.eventsIn(corpus.warm())).isEqualTo(Corpus.CHUNK);
  }

  @Test
  void a_line_has_260_bytes_on_average() {
    assertThat((double) corpus.lineBytes() / EVENTS).isBetween(255.0, 265.0);
  }

  @Test
  void events_are_within_the_span_and_nearly_in_order() {
    var times = documents.stream().map(d -> Instant.parse(d.path("@timestamp").asText())).toList();

    assertThat(times).allMatch(t -> !t.isBefore(corpus.from()) && t.isBefore(corpus.to()));
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i)).isAfter(times.get(i - 1).minusSeconds(2));
    }
  }

  @Test
  void what_the_questions_ask_about_is_in_every_kind_of_event() {
    assertThat(share("url.path")).isBetween(0.58, 0.62);
    assertThat(share("source.ip")).isGreaterThan(0.9);
    assertThat(share("process.command_line")).isBetween(0.07, 0.09);
    assertThat(share("user.name")).isGreaterThan(0.2);
    assertThat(documents)
        .filteredOn(d -> d.path("message").asText().startsWith("Failed password"))
        .hasSizeBetween(EVENTS * 3 / 100, EVENTS * 5 / 100);
  }

  @Test
  void pages_are_new_six_times_of_seven() {
    var pages = new HashSet<String>();
    documents.forEach(d -> pages.add(d.path("url.path").asText()));

    assertThat(pages.size()).isBetween(EVENTS / 2, EVENTS * 55 / 100);
  }

  @Test
  void the_same_seed_gives_the_same_events(@TempDir Path other) throws IOException {
    Corpus.write(other, EVENTS, 7, EnumSet.noneOf(Corpus.Form.class));

    assertThat(Corpus.chunk(other, 1, Corpus.LOG))
        .hasSameBinaryContentAs(Corpus.chunk(folder, 1, Corpus.LOG));
  }

  @Test
  void every_so_manieth_line_is_a_probe_that_carries_its_number(@TempDir Path other)
      throws IOException {
    int every = 7_000;
    Corpus.write(other, EVENTS, 7, EnumSet.noneOf(Corpus.Form.class), every);

    var all = new ArrayList<String>();
    for (int i = 0; i < corpus.chunks(); i++) {
      all.addAll(Files.readAllLines(Corpus.chunk(other, i, Corpus.LOG)));
    }
    assertThat(all).hasSize(EVENTS);
    assertThat(Probes.named(String.join("\n", all))).containsExactly(6_999L, 13_999L);
    assertThat(all.get(6_999)).contains("probe-000000006999").endsWith("farol-probe");
  }

  @Test
  void the_fields_to_be_mapped_are_those_of_the_documents() {
    var names = new TreeSet<>(Set.of("@timestamp"));
    names.addAll(corpus.fields());

    var found = new TreeSet<String>();
    documents.forEach(d -> d.properties().forEach(field -> found.add(field.getKey())));
    assertThat(found).isEqualTo(names);
  }

  private double share(String field) {
    return documents.stream().filter(d -> d.has(field)).count() / (double) EVENTS;
  }

  private List<String> lines(String ending) throws IOException {
    var lines = new ArrayList<String>();
    for (int i = 0; i < corpus.chunks(); i++) {
      lines.addAll(Files.readAllLines(Corpus.chunk(folder, i, ending)));
    }
    return lines;
  }
}
