package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mo.farol.sigma.Placeholders;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which chains of modifiers there are, a row each in {@code chains.txt}. */
class ChainsTest {
  private static final Placeholders VALUES =
      Placeholders.of(
          Map.of("x", List.of("abc", "def*"), "net", List.of("10.0.0.0/8"), "n", List.of("5")));

  private static RuleBook book(String chain, String values) {
    return Rules.book(
        """
        title: A chain
        logsource: {product: test}
        detection:
          s:
            f%s: %s
          condition: s
        """
            .formatted(chain.isEmpty() ? "" : "|" + chain, values),
        VALUES);
  }

  @TestFactory
  Stream<DynamicTest> a_chain_is_taken_whole_or_refused_with_a_reason() throws IOException {
    return rows("chains.txt")
        .map(row -> DynamicTest.dynamicTest(String.join(" | ", row), () -> check(row)));
  }

  private static void check(List<String> row) {
    var book = book(row.get(0).equals("''") ? "" : row.get(0), row.get(1));
    if (row.get(2).equals("ok")) {
      if (row.get(0).startsWith("base64offset") && row.get(1).length() == 1) {
        assertThat(book.refusals()).singleElement().asString().contains("too short");
        return;
      }
      assertThat(book.refusals()).isEmpty();
      assertThat(book.rules()).hasSize(1);
    } else {
      assertThat(book.refusals()).singleElement().asString().contains(row.get(2));
      assertThat(book.refusals().getFirst().line()).isEqualTo(5);
    }
  }

  @Test
  void a_chain_is_refused_where_its_key_stands_and_a_value_where_it_stands() {
    assertThat(book("contains|re", "a").refusals())
        .singleElement()
        .satisfies(r -> assertThat(r.column()).isEqualTo(5));
    assertThat(book("contains", "[a, null]").refusals())
        .singleElement()
        .satisfies(r -> assertThat(r.column()).isEqualTo(21));
  }

  @Test
  void what_is_tolerated_is_remarked() {
    assertThat(book("re|cased", "a").remarks())
        .singleElement()
        .asString()
        .contains("5:5: 'f|re|cased': an expression minds case anyway");
    assertThat(book("base64offset", "abc").remarks())
        .singleElement()
        .asString()
        .contains("add '|contains'");
    assertThat(book("hour", "24").remarks()).singleElement().asString().contains("such a part");
    assertThat(book("hour", "23").remarks()).isEmpty();
  }

  @Test
  void a_missing_value_of_a_placeholder_makes_the_rule_wait() {
    assertThat(book("expand", "'%unknown%'").refusals())
        .singleElement()
        .satisfies(r -> assertThat(r.waiting()).isTrue());
    assertThat(book("re", "'('").refusals())
        .singleElement()
        .satisfies(r -> assertThat(r.waiting()).isFalse());
  }

  /** Rows of a table beside this class: fields between {@code " | "}. */
  static Stream<List<String>> rows(String name) throws IOException {
    try (var in = ChainsTest.class.getResourceAsStream(name)) {
      var text =
          new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> List.of(line.split(" \\| ", -1)));
    }
  }
}
