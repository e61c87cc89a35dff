package mo.farol.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.incident.Cases;
import mo.farol.ledger.Desk;
import mo.farol.ledger.SampleAlert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the book: every playbook is good, and its expected record is what a run leaves. */
class PlaybookBookTest {
  private static final Path BOOK = Path.of("book");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void nothing_of_the_book_is_refused_and_it_travels_in_the_jar() {
    var playbooks = Playbooks.load(List.of(BOOK));
    assertThat(playbooks.refusals()).isEmpty();
    assertThat(playbooks.all()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(getClass().getResource("/playbook-book/source-gone-silent/playbook.json"))
        .isNotNull();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void an_entry_has_its_words_and_raises_no_doubt(Path entry) throws IOException {
    assertThat(Files.readString(entry.resolve("playbook.md"))).startsWith("# ");
    assertThat(playbook(entry).warnings()).isEmpty();
    assertThat(playbook(entry).steps()).extracting(Step::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void its_moves_open_what_it_says_and_leave_the_record_it_says(Path entry) throws IOException {
    var expected = JSON.readTree(entry.resolve("run.json").toFile());
    try (var desk = Desk.open(folder)) {
      var incidents = Cases.on(desk);
      var playbook = playbook(entry);
      var library = Playbooks.load(List.of(BOOK));
      var runs = new Runs(desk.ledger, desk.deeds, library, incidents, desk.clock);
      desk.raise(SampleAlert.named("a1").about(about(expected.path("case"))).raised());
      incidents.catchUp();
      String run = runs.start("FRL-2026-0001", playbook.id(), "ana", Desk.NATIONAL).id();
      for (var move : expected.path("moves")) {
        assertThat(names(move(runs, run, move).open()))
            .as("open after '%s'", move.path("step").asText())
            .containsExactlyElementsOf(texts(move.path("opens")));
      }
      var ended = runs.get(run, Desk.NATIONAL).orElseThrow();
      assertThat(ended.isEnded()).isTrue();
      assertThat(ended.steps().stream().map(PlaybookBookTest::line))
          .containsExactlyElementsOf(texts(expected.path("record")));
    }
  }

  static Stream<Path> entries() throws IOException {
    try (var folders = Files.list(BOOK)) {
      return folders.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  private static Run move(Runs runs, String id, JsonNode move) {
    var run = runs.get(id, Desk.NATIONAL).orElseThrow();
    String step = step(run, move.path("step").asText());
    String by = move.path("by").asText();
    String note = move.path("note").asText();
    var values = new HashMap<String, String>();
    move.path("values").properties().forEach(e -> values.put(e.getKey(), e.getValue().asText()));
    return switch (move.path("do").asText()) {
      case "complete" -> runs.complete(id, step, by, note, values, Desk.NATIONAL);
      case "skip" -> runs.skip(id, step, by, note, Desk.NATIONAL);
      case "fail" -> runs.fail(id, step, by, note, Desk.NATIONAL);
      default -> runs.decide(id, step, move.path("do").asText(), by, note, Desk.NATIONAL);
    };
  }

  private static String step(Run run, String name) {
    return run.steps().stream()
        .filter(s -> s.step().name().equals(name))
        .map(s -> s.step().id())
        .findFirst()
        .orElseGet(() -> fail("the playbook has no step '%s'", name));
  }

  private static String line(StepRun s) {
    return "%s: %s%s%s".formatted(s.step().name(), s.state(), word(s.by()), word(s.choice()));
  }

  private static String word(Optional<String> text) {
    return text.map(t -> " " + t).orElse("");
  }

  private static List<String> names(List<StepRun> steps) {
    return steps.stream().map(s -> s.step().name()).toList();
  }

  private static String[] about(JsonNode pairs) {
    return pairs.properties().stream()
        .flatMap(e -> Stream.of(e.getKey(), e.getValue().asText()))
        .toArray(String[]::new);
  }

  private static List<String> texts(JsonNode array) {
    return java.util.stream.StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private static Playbook playbook(Path entry) throws IOException {
    return Playbook.parse(Files.readString(entry.resolve("playbook.json")));
  }
}
