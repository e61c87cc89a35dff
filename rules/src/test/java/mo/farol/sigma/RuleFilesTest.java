package mo.farol.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How rule files may lie about and be written. */
class RuleFilesTest {
  private static final String RULE =
      """
      title: Rule %1$s
      id: %1$s
      logsource: {category: test}
      detection:
          s:
              f: x
          condition: s
      """;

  @TempDir Path folder;

  private static List<String> ids(RuleBook book) {
    assertThat(book.refusals()).isEmpty();
    return book.rules().stream().map(rule -> rule.ref().id()).toList();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void names_may_end_in_any_case_and_folders_lie_in_folders() throws IOException {
    write("a.yml", RULE.formatted("a"));
    write("b.YML", RULE.formatted("b"));
    write("deep/er/c.yaml", RULE.formatted("c"));
    write("d.txt", "title: [");
    assertThat(ids(RuleBook.load(List.of(folder)))).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void a_folder_may_be_a_link_to_one() throws IOException {
    write("rules/a.yml", RULE.formatted("a"));
    write("rules/b.yml", "title: [");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("rules"));
    var book = RuleBook.load(List.of(link));
    assertThat(book.rules()).hasSize(1);
    assertThat(book.refusals())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.file()).isEqualTo(link.resolve("b.yml")));
  }

  @Test
  void a_mark_of_utf_8_and_line_ends_of_windows_say_nothing() throws IOException {
    write("a.yml", "\ufeff" + RULE.formatted("a").replace("\n", "\r\n"));
    write("b.yml", "---\r\n" + RULE.formatted("b") + "\r\n---\r\n" + RULE.formatted("c") + "...\n");
    assertThat(ids(RuleBook.load(List.of(folder)))).containsExactly("a", "b", "c");
  }

  @Test
  void a_name_means_the_rule_of_the_same_file_first() throws IOException {
    String count =
        """
        ---
        title: Count %1$s
        id: count-%1$s
        correlation:
            type: event_count
            rules: [base]
            timespan: 5m
            condition: {gte: 2}
        """;
    for (String id : List.of("a", "b")) {
      write(id + ".yml", "name: base\n" + RULE.formatted(id) + count.formatted(id));
    }
    var book = RuleBook.load(List.of(folder));
    assertThat(book.refusals()).isEmpty();
    assertThat(book.correlations())
        .extracting(each -> each.ref().id() + " " + each.rules())
        .containsExactlyInAnyOrder("count-a [a]", "count-b [b]");
    write("c.yml", count.formatted("c").substring(4));
    assertThat(RuleBook.load(List.of(folder)).refusals())
        .singleElement()
        .asString()
        .contains("several rules are named 'base'");
  }

  @Test
  void an_action_of_old_is_refused_where_it_stands() throws IOException {
    write("a.yml", "action: global\ntitle: T\n---\n" + RULE.formatted("a"));
    var book = RuleBook.load(List.of(folder));
    assertThat(book.rules()).hasSize(1);
    assertThat(book.refusals()).singleElement().asString().contains("a.yml:1:1: 'action'");
  }

  @Test
  void a_taxonomy_that_is_not_known_is_remarked() throws IOException {
    write("a.yml", "taxonomy: ecs\n" + RULE.formatted("a"));
    write("b.yml", "taxonomy: sigma\n" + RULE.formatted("b"));
    assertThat(RuleBook.load(List.of(folder)).remarks()).isEmpty();
    write("c.yml", "taxonomy: ours\n" + RULE.formatted("c"));
    var book = RuleBook.load(List.of(folder));
    assertThat(ids(book)).hasSize(3);
    assertThat(book.remarks()).singleElement().asString().contains("c.yml:1:11: taxonomy: 'ours'");
  }
}
