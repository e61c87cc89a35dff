package mo.farol.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import mo.farol.event.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents that come with the specification. */
class SpecificationTest {
  private static RuleBook book(String folder) {
    var data = SharedData.find("sigma-spec/tests/schema");
    Assumptions.assumeTrue(data.isPresent(), "the shared data is not here");
    Path path = data.orElseThrow().resolve(folder);
    return RuleBook.load(List.of(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rules/rule_1.yml", "rules/rule_ecs.yml"})
  void its_rules_compile(String file) {
    var book = book(file);
    assertThat(book.refusals()).isEmpty();
    assertThat(book.rules()).hasSize(1);
    assertThat(book.remarks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"filter/filter_1.yml", "filter/filter_ecs.yml"})
  void its_filters_compile_and_suppress(String file) {
    var book = book(file);
    assertThat(book.refusals()).isEmpty();
    assertThat(book.filters())
        .singleElement()
        .satisfies(
            filter -> {
              assertThat(filter.polarity()).isEqualTo(SigmaFilter.Polarity.SUPPRESS);
              assertThat(filter.rules()).hasSize(2);
              assertThat(filter.condition()).isEqualTo("selection");
            });
    assertThat(book.remarks())
        .extracting(Remark::text)
        .allMatch(t -> t.contains("there is no rule"));
  }
}
