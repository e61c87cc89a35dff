package mo.farol.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where faults are said to stand. */
class PlacesTest {
  @TempDir Path folder;

  private Refusal refusal(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("rule.yml"), text);
    var book = RuleBook.load(List.of(file));
    assertThat(book.refusals()).hasSize(1);
    return book.refusals().getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "a and wrong ~ 5 ~ 20",
        "'a and wrong' ~ 5 ~ 21",
        "\"a and wrong\" ~ 5 ~ 21",
        "\"a\\tand \\x77rong\" ~ 5 ~ 22",
        "\"a and \\¶    wrong\" ~ 6 ~ 5",
        "a and¶    wrong ~ 6 ~ 5",
        "'a and¶¶    wrong' ~ 7 ~ 5",
        ">-¶    a and¶    wrong ~ 7 ~ 5",
        "|¶    a and¶      wrong or a ~ 7 ~ 7",
        "(a or ~ 5 ~ 19",
        "'(a or' ~ 5 ~ 20",
        "a and a) ~ 5 ~ 21",
        "[a, a and wrong] ~ 5 ~ 24",
        "a and 2 of them ~ 5 ~ 20",
        "a and 1 OF them ~ 5 ~ 22",
        "a and 1 of ~ 5 ~ 24",
      })
  void a_fault_in_a_condition_stands_where_its_word_stands(String condition, int line, int column)
      throws IOException {
    var refusal =
        refusal(
            "title: T\nlogsource: {product: x}\ndetection:\n  a: {f: 1}\n  condition: "
                + condition.replace("¶", "\n")
                + "\n");
    assertThat(refusal.toString()).contains("condition: ");
    assertThat(List.of(refusal.line(), refusal.column())).containsExactly(line, column);
  }

  @Test
  void a_link_to_no_rule_stands_where_it_is_named() throws IOException {
    var refusal =
        refusal(
            """
            title: Many
            correlation:
              type: event_count
              rules:
                - nobody
              group-by: [user]
              timespan: 5m
              condition: {gte: 5}
            """);
    assertThat(refusal.toString()).endsWith(":5:7: correlation: there is no rule 'nobody'");
  }

  @Test
  void a_circle_stands_at_the_list_of_rules() throws IOException {
    var refusal =
        refusal(
            """
            title: Many
            name: many
            correlation:
              type: event_count
              rules: many
              group-by: [user]
              timespan: 5m
              condition: {gte: 5}
            """);
    assertThat(refusal.line()).isEqualTo(5);
    assertThat(refusal.reason()).contains("circle");
  }

  @Test
  void the_second_document_counts_lines_of_the_file() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("two.yml"),
            """
            title: One
            logsource: {product: x}
            detection: {a: {f: 1}, condition: a}
            ---
            title: Two
            logsource: {product: x}
            detection:
              a: {f: 1}
              condition: 'a and b'
            """);
    var book = RuleBook.load(List.of(file));
    assertThat(book.rules()).hasSize(1);
    assertThat(book.refusals()).singleElement().asString().contains(":9:21: condition: no search");
  }

  @Test
  void a_file_alone_may_have_any_name() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("rule.txt"),
            "title: One\nlogsource: {product: x}\ndetection: {a: {f: 1}, condition: a}\n");
    assertThat(RuleBook.load(List.of(file)).rules()).hasSize(1);
    assertThat(RuleBook.load(List.of(folder)).rules()).isEmpty();
  }

  @Test
  void an_expression_too_deep_or_too_large_is_refused_at_its_place() throws IOException {
    String deep = "(".repeat(200) + "a" + ")".repeat(200);
    assertThat(
            refusal(
                    "title: T\nlogsource: {product: x}\ndetection: {a: {f|re: '%s'}, condition: a}"
                        .formatted(deep))
                .toString())
        .contains(":3:23: 'f': the expression is nested deeper than 60");
    assertThat(
            refusal(
                    "title: T\nlogsource: {product: x}\ndetection: {a: {f|re: '((a{900}){900})+'},"
                        + " condition: a}")
                .toString())
        .contains("has more than 30000 steps");
  }
}
