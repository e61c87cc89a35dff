package mo.farol.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A book whose files are partly known says what one says that is read whole. */
class KnownFilesTest {
  private static final String RULE =
      """
      title: Rule N
      id: 55555555-0000-4000-8000-00000000000N
      name: ruleN
      logsource: {product: linux, service: sshd}
      detection:
        sel: {message|contains: WORD}
        condition: sel
      """;
  private static final String COUNT =
      """
      title: Count N
      id: 55555555-0000-4000-8000-00000000010N
      correlation: {type: event_count, rules: [ruleN], timespan: WORDm, condition: {gte: 5}}
      """;
  private static final String FILTER =
      """
      title: Filter N
      id: 55555555-0000-4000-8000-00000000020N
      logsource: {product: linux}
      filter:
        rules: [ruleN]
        sel: {message|contains: WORD}
        condition: sel
      """;

  @TempDir private Path folder;
  private final KnownFiles known = new KnownFiles();

  @Test
  void only_a_file_whose_bytes_changed_is_read_again() throws IOException {
    for (int n = 1; n < 6; n++) {
      write("rule" + n, RULE, n, 1);
    }
    load(Placeholders.NONE);
    assertThat(known.read()).isEqualTo(5);
    write("rule3", RULE, 3, 1); // the same bytes at another time
    load(Placeholders.NONE);
    assertThat(known.read()).isEqualTo(5);
    write("rule3", RULE, 3, 2);
    var book = load(Placeholders.NONE);
    assertThat(known.read()).isEqualTo(6);
    assertThat(book.rules()).hasSize(5);
    Files.delete(file("rule4"));
    assertThat(load(Placeholders.NONE).rules()).hasSize(4);
    Files.move(file("rule5"), file("other"));
    assertThat(load(Placeholders.NONE).rules().getFirst().path()).isEqualTo(file("other"));
    assertThat(known.read()).as("a file of another name is another file").isEqualTo(7);
  }

  @Test
  void values_of_placeholders_are_part_of_what_a_rule_says() throws IOException {
    Files.writeString(file("a"), RULE.replace("contains", "expand").replace("WORD", "'%door%'"));
    assertThat(load(Placeholders.NONE).refusals()).singleElement().matches(Refusal::waiting);
    var one = load(Placeholders.of(Map.of("door", List.of("gate"))));
    assertThat(one.refusals()).isEmpty();
    var two = load(Placeholders.of(Map.of("door", List.of("hatch"))));
    assertThat(two.rules().getFirst().ref().version())
        .isNotEqualTo(one.rules().getFirst().ref().version());
    assertThat(known.read()).isEqualTo(3);
    load(Placeholders.of(Map.of("door", List.of("hatch"))));
    assertThat(known.read()).isEqualTo(3);
  }

  @Test
  void whatever_happens_to_files_the_book_is_the_one_that_is_read_whole() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    var random = new Random(seed);
    for (int step = 0; step < 300; step++) {
      happens(random);
      assertThat(said(load(Placeholders.NONE)))
          .as("seed %d, step %d", seed, step)
          .isEqualTo(said(RuleBook.load(List.of(folder))));
    }
    assertThat(known.read()).isLessThanOrEqualTo(300);
  }

  /** Something of what people do: write, spoil, copy to a name of the same id, move, take away. */
  private void happens(Random random) throws IOException {
    int n = 1 + random.nextInt(4);
    int word = 1 + random.nextInt(3);
    String some = List.of("rule", "count", "filter").get(random.nextInt(3)) + n;
    switch (random.nextInt(8)) {
      case 0, 1 -> write("rule" + n, RULE, n, word);
      case 2 -> write("count" + n, COUNT, n, word);
      case 3 -> write("filter" + n, FILTER, n, word);
      case 4 -> Files.writeString(file(some), RULE.replace("condition: sel", "condition: no"));
      case 5 -> {
        if (Files.exists(file(some))) {
          Files.writeString(file("again" + n), Files.readString(file(some)));
        }
      }
      case 6 -> {
        if (Files.exists(file(some)) && !Files.exists(file("moved" + n))) {
          Files.move(file(some), file("moved" + n));
        }
      }
      default -> Files.deleteIfExists(file(random.nextBoolean() ? some : "moved" + n));
    }
  }

  private RuleBook load(Placeholders placeholders) {
    return RuleBook.load(List.of(folder), placeholders, RuleTexts.NONE, known);
  }

  /** All that a book says, as text. */
  private static List<String> said(RuleBook book) {
    var said = new ArrayList<String>();
    book.rules().forEach(r -> said.add(r.ref() + " " + r.path() + " " + r.condition()));
    book.correlations().forEach(c -> said.add(c.ref() + " " + c.path() + " " + c.rules()));
    book.filters().forEach(f -> said.add(f.ref() + " " + f.path()));
    book.refusals().forEach(r -> said.add(r.toString()));
    book.remarks().forEach(r -> said.add(r.toString()));
    return said;
  }

  private void write(String name, String text, int n, int word) {
    try {
      Files.writeString(
          file(name),
          text.replace("N", Integer.toString(n)).replace("WORD", Integer.toString(word)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ".yml");
  }
}
