package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mo.farol.sigma.Placeholders;
import mo.farol.sigma.RuleBook;
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

  private static boolean check(Path what, Placeholders values, Appendable out) throws IOException {
    return new SigmaCheck(RuleSettings.standard().withPlaceholders(values), out)
        .check(what, Optional.empty());
  }

  private static SigmaMatch.Lines lines(String text) {
    var lines = text.lines().iterator();
    return () -> lines.hasNext() ? lines.next().getBytes(StandardCharsets.UTF_8) : null;
  }

  @Test
  void check_says_where_what_is_refused_is_wrong() throws IOException {
    Files.writeString(folder.resolve("a.yml"), RULE);
    Path bad =
        Files.writeString(
            folder.resolve("b.yml"), RULE.replace("endswith", "ends").replace("0001", "0002"));
    var out = new StringBuilder();
    assertThat(check(folder, Placeholders.NONE, out)).isFalse();
    assertThat(out.toString().lines())
        .containsExactly(
            bad + ":4:17: 'Image|ends': no such modifier in Sigma 2.1.0",
            "1 rules, 0 correlations, 1 refused (0 of them waiting), 0 filters, 0 remarks");
  }

  @Test
  void check_takes_a_file_and_shows_its_condition() throws IOException {
    Path good = Files.writeString(folder.resolve("a.yml"), RULE);
    Files.writeString(folder.resolve("b.yml"), "title: [");
    var out = new StringBuilder();
    assertThat(check(good, Placeholders.NONE, out)).isTrue();
    assertThat(out.toString().lines())
        .containsExactly(
            good + ": condition: s",
            "1 rules, 0 correlations, 0 refused (0 of them waiting), 0 filters, 0 remarks");
  }

  @Test
  void check_shows_what_filters_make_of_rules_and_what_waits() throws IOException {
    Path rule = Files.writeString(folder.resolve("a.yml"), RULE);
    Path waiting =
        Files.writeString(
            folder.resolve("b.yml"),
            """
            title: Waiting
            logsource: {product: nowhere}
            detection: {s: {f|expand: '%Servers%'}, condition: s}
            """);
    Path filter =
        Files.writeString(
            folder.resolve("c.yml"),
            """
            title: Admins
            logsource: {product: windows}
            filter: {rules: any, selection: {User: adm}, condition: selection}
            """);
    var out = new StringBuilder();
    assertThat(check(folder, Placeholders.NONE, out)).isFalse();
    assertThat(out.toString().lines())
        .containsExactly(
            waiting
                + ":3:27: waiting: 'f': no value is given for the placeholder %Servers%; write its"
                + " values into placeholders.yml",
            rule + ": filtered: (s) and not (selection of filter \"Admins\")",
            filter + ": filter: suppresses what fits (selection)",
            "1 rules, 0 correlations, 1 refused (1 of them waiting), 1 filters, 0 remarks");
    out.setLength(0);
    var servers = Placeholders.of(java.util.Map.of("Servers", List.of("srv")));
    assertThat(check(folder, servers, out)).isTrue();
    assertThat(out.toString().lines())
        .contains(
            "remark: the log source nowhere// of 1 rules is not in logsources.yml: they see events"
                + " whose event.dataset bears its name, and such as nothing there knows");
  }

  @Test
  void hostile_text_of_a_rule_reaches_no_terminal() throws IOException {
    Files.writeString(
        folder.resolve("a.yml"),
        "title: T\nlogsource: {product: x}\ndetection: {s: {f: 1}, condition: \"\\e[2Jx\"}\n");
    var out = new StringBuilder();
    check(folder, Placeholders.NONE, out);
    assertThat(out).contains("\\u001b[2Jx").doesNotContain("\u001b");
  }

  @Test
  void match_prints_line_and_rule_with_the_index_and_without() throws IOException {
    Files.writeString(folder.resolve("a.yml"), RULE);
    String events =
        """
        {"Channel":"Security","EventID":4688,"NewProcessName":"C:\\\\x\\\\WHOAMI.EXE"}

        {"Channel":"Security","EventID":4689,"NewProcessName":"C:\\\\x\\\\whoami.exe"}
        not an event
        {"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":"1","Image":"C:\\\\whoami.exe"}
        """;
    String expected =
        """
        {"line":1,"rule":"5b9b3d44-0000-4000-8000-000000000001"}
        {"line":5,"rule":"5b9b3d44-0000-4000-8000-000000000001"}
        """;
    var book = RuleBook.load(List.of(folder));
    for (boolean brute : new boolean[] {false, true}) {
      var out = new StringBuilder();
      assertThat(match(book, brute, SigmaMatch.NO_COUNTING, events, out)).isEqualTo(2);
      assertThat(out).hasToString(expected);
    }
  }

  private static long match(
      RuleBook book, boolean brute, SigmaMatch.Counting counting, String events, Appendable out)
      throws IOException {
    return new SigmaMatch(
            book,
            RuleSettings.standard(),
            brute,
            counting,
            Instant.parse("2026-11-24T10:00:00Z"),
            out)
        .match(lines(events));
  }

  @Test
  void match_prints_a_correlation_at_the_line_that_makes_it_due() throws IOException {
    Files.writeString(folder.resolve("a.yml"), RULE);
    String event =
        "{\"Channel\":\"Security\",\"EventID\":4688,\"NewProcessName\":\"C:\\\\whoami.exe\"}\n";
    var out = new StringBuilder();
    var counting =
        new SigmaMatch.Counting() {
          private int count;

          @Override
          public void accept(Detection detection, java.util.function.Consumer<String> due) {
            if (++count == 2) {
              due.accept("twice");
            }
          }

          @Override
          public void end(java.util.function.Consumer<String> due) {
            due.accept("\"last\"");
          }
        };
    match(RuleBook.load(List.of(folder)), false, counting, event.repeat(3), out);
    assertThat(
            out.toString().lines().map(l -> l.replace("5b9b3d44-0000-4000-8000-000000000001", "w")))
        .containsExactly(
            "{\"line\":1,\"rule\":\"w\"}",
            "{\"line\":2,\"rule\":\"w\"}",
            "{\"line\":2,\"rule\":\"twice\"}",
            "{\"line\":3,\"rule\":\"w\"}",
            "{\"line\":3,\"rule\":\"\\\"last\\\"\"}");
  }
}
