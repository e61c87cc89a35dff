package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.SigmaCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code farol sigma check} and {@code farol sigma match} print. */
class SigmaCommandsTest {
  private static final String RULE =
      """
      title: Whoami
      id: 5b9b3d44-0000-4000-8000-000000000001
      logsource: {product: windows, category: process_creation}
      detection: {s: {Image|endswith: '\\whoami.exe'}, condition: s}
      """;

  @TempDir Path folder;

  @Test
  void check_names_each_file_and_where_a_refused_one_is_wrong() throws IOException {
    Path good = Files.writeString(folder.resolve("a.yml"), RULE);
    Path bad =
        Files.writeString(
            folder.resolve("b.yml"), RULE.replace("endswith", "ends").replace("0001", "0002"));
    var out = new StringBuilder();
    assertThat(SigmaCheck.check(folder, out)).isFalse();
    assertThat(out.toString().lines())
        .containsExactly(
            "ok " + good,
            "refused " + bad + ":4:17: 'Image|ends': no such modifier in Sigma 2.1.0",
            "1 rules and 0 correlations compile, 1 documents refused");
  }

  @Test
  void match_prints_line_and_rule_with_the_index_and_without() throws IOException {
    Files.writeString(folder.resolve("a.yml"), RULE);
    Path events =
        Files.writeString(
            folder.resolve("events.jsonl"),
            """
            {"Channel":"Security","EventID":4688,"NewProcessName":"C:\\\\x\\\\WHOAMI.EXE"}

            {"Channel":"Security","EventID":4689,"NewProcessName":"C:\\\\x\\\\whoami.exe"}
            not an event
            {"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":"1","Image":"C:\\\\whoami.exe"}
            """);
    String expected =
        """
        {"line":1,"rule":"5b9b3d44-0000-4000-8000-000000000001"}
        {"line":5,"rule":"5b9b3d44-0000-4000-8000-000000000001"}
        """;
    var book = RuleBook.load(List.of(folder));
    for (boolean brute : new boolean[] {false, true}) {
      var out = new StringBuilder();
      assertThat(SigmaMatch.match(book, events, brute, out)).isEqualTo(2);
      assertThat(out).hasToString(expected);
    }
  }
}
