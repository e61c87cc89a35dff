package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mo.farol.sigma.Placeholders;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What values match, a row for each escape and chain in {@code values.txt}. */
class ValuesTest {
  private static final Placeholders VALUES =
      Placeholders.of(
          Map.of("x", List.of("abc", "def*"), "net", List.of("10.0.0.0/8"), "n", List.of("5")));

  @TestFactory
  Stream<DynamicTest> a_value_matches_what_the_specification_says() throws IOException {
    return ChainsTest.rows("values.txt")
        .map(row -> DynamicTest.dynamicTest(String.join(" | ", row), () -> check(row)));
  }

  private static void check(List<String> row) {
    String chain = row.get(0).equals("''") ? "" : "|" + row.get(0);
    var book =
        Rules.book(
            """
            title: A value
            logsource: {category: test, product: test}
            detection:
              s:
                f%s: %s
              condition: s
            """
                .formatted(chain, row.get(1)),
            VALUES);
    assertThat(book.refusals()).isEmpty();
    var batch = Events.of(List.of(row.get(2)));
    int expected = row.get(3).equals("match") ? 1 : 0;
    assertThat(Rules.ids(new Matcher(book, FieldMap.standard()), batch, 0)).hasSize(expected);
    assertThat(new BruteMatcher(book, FieldMap.standard()).ids(batch, 0)).hasSize(expected);
  }
}
