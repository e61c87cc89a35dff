package mo.farol.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.sigma.LogSource;
import mo.farol.sigma.SigmaRule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleReadingTest {
  private static final String RULE =
      """
      title: TITLE
      id: 44444444-0000-4000-8000-00000000000N
      name: ruleN
      logsource: {product: linux, service: sshd}
      detection:
        sel: {message|contains: open}
        condition: sel
      """;
  private static final String COUNT =
      """
      title: Many
      id: 44444444-0000-4000-8000-000000000009
      correlation: {type: event_count, rules: [rule1], timespan: 5m, condition: {gte: 5}}
      """;

  @TempDir private Path folder;
  private Path own;
  private Path shipped;
  private RuleReading reading;

  @BeforeEach
  void folders() throws IOException {
    own = Files.createDirectories(folder.resolve("home/sigma"));
    shipped = Files.createDirectories(folder.resolve("shipped"));
    reading =
        new RuleReading(new RuleFolders(folder.resolve("home"), List.of(), Optional.of(shipped)));
    Files.writeString(own.resolve("one.yml"), rule(1, "One"));
    Files.writeString(own.resolve("count.yml"), COUNT);
  }

  @Test
  void a_rule_of_the_home_wins_over_a_shipped_one_without_a_word() throws IOException {
    Files.writeString(shipped.resolve("a.yml"), rule(1, "Shipped one"));
    Files.writeString(shipped.resolve("b.yml"), rule(2, "Shipped two"));
    var read = read();
    assertThat(titles(read)).containsExactlyInAnyOrder("One", "Shipped two");
    assertThat(read.refused()).isEmpty();
  }

  @Test
  void a_file_that_became_wrong_stays_as_it_was_with_all_that_hangs_on_it() throws IOException {
    read();
    Files.writeString(own.resolve("one.yml"), rule(1, "Uno").replace("sel: {", "sel {"));
    for (int again = 0; again < 2; again++) {
      var read = read();
      assertThat(titles(read)).containsExactly("One");
      assertThat(read.book().correlations()).hasSize(1);
      assertThat(read.refused().getFirst().toString())
          .startsWith("sigma/one.yml:")
          .contains("the text of before stays in force");
    }
    Files.writeString(own.resolve("one.yml"), rule(1, "Uno"));
    assertThat(titles(read())).containsExactly("Uno");
    Files.delete(own.resolve("one.yml"));
    var gone = read();
    assertThat(gone.book().rules()).isEmpty();
    assertThat(gone.refused()).singleElement().matches(r -> r.file().endsWith("count.yml"));
  }

  @Test
  void what_was_wrong_from_the_beginning_holds_nobody_up() throws IOException {
    Files.writeString(own.resolve("two.yml"), "title: Two\n");
    assertThat(titles(read())).containsExactly("One");
    assertThat(read().refused()).singleElement().matches(refused -> !refused.before());
  }

  @Test
  void data_of_the_site_that_became_wrong_stays_as_it_was() throws IOException {
    var fields = folder.resolve("home/fields.yml");
    Files.writeString(fields, "- logsource: {product: linux}\n  names: {Gate: [site.gate]}\n");
    var source = new LogSource("linux", "", "sshd");
    assertThat(read().settings().fields().names(source, "Gate")).contains("site.gate");
    Files.writeString(fields, "- logsource: {product: linux}\n  names: {Gate: [");
    var broken = read();
    assertThat(broken.settings().fields().names(source, "Gate")).contains("site.gate");
    assertThat(broken.refused()).singleElement().matches(refused -> refused.before());
    Files.delete(fields);
    assertThat(read().settings().fields().names(source, "Gate")).doesNotContain("site.gate");
  }

  @Test
  void a_check_tells_what_a_text_would_break_elsewhere_too() throws IOException {
    read();
    assertThat(reading.check(own.resolve("one.yml"), rule(1, "One"))).isEmpty();
    assertThat(reading.check(own.resolve("new.yml"), rule(2, "Two"))).isEmpty();
    assertThat(reading.check(own.resolve("one.yml"), rule(1, "One").replace("rule1", "other")))
        .singleElement()
        .matches(refused -> refused.file().endsWith("count.yml"));
    assertThat(reading.check(own.resolve("new.yml"), rule(1, "Twin")))
        .anyMatch(refused -> refused.refusal().reason().contains("is taken by"));
    assertThat(titles(read())).containsExactly("One");
  }

  @Test
  void what_two_texts_have_in_common_is_told_line_by_line() {
    assertThat(TextDiff.of("a\nb\nc\n", "a\nx\nc\nd\n"))
        .extracting(line -> line.sign() + line.text())
        .containsExactly(" a", "-b", "+x", " c", "+d");
    assertThat(TextDiff.of("", "a")).containsExactly(new TextDiff.Line('+', "a"));
    assertThat(TextDiff.of("a\n", "a\n")).containsExactly(new TextDiff.Line(' ', "a"));
  }

  private ReadRules read() {
    return reading.read(Map.of());
  }

  private static List<String> titles(ReadRules read) {
    return read.book().rules().stream().map(SigmaRule::ref).map(ref -> ref.title()).toList();
  }

  private static String rule(int number, String title) {
    return RULE.replace("N\n", number + "\n").replace("TITLE", title);
  }
}
