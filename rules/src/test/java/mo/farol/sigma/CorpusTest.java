package mo.farol.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mo.farol.event.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The public rule collection. */
class CorpusTest {
  private static final List<String> GIVEN_REASONS =
      List.of(
          "no value is given for the placeholder",
          "timeframe left Sigma with 2.0",
          "aggregations after '|' left Sigma with 2.0",
          "'action' documents left Sigma with 2.0",
          "title is missing", // what follows an 'action: global' document
          "no search identifier is named 'write'"); // a condition in prose

  private static Path data() {
    var folder = SharedData.find("sigma-rules");
    Assumptions.assumeTrue(folder.isPresent(), "the shared data is not here");
    return folder.orElseThrow();
  }

  @Test
  void every_live_rule_compiles_but_those_that_wait_for_a_placeholder() {
    var folders =
        Stream.of("rules", "rules-emerging-threats", "rules-threat-hunting", "rules-compliance")
            .map(data()::resolve)
            .filter(Files::isDirectory)
            .toList();
    var book = RuleBook.load(folders);
    assertThat(book.rules()).isNotEmpty();
    assertThat(book.refusals())
        .allSatisfy(each -> assertThat(each.reason()).contains("no value is given for the"));
  }

  @Test
  void every_other_rule_compiles_or_is_refused_for_what_the_specification_removed() {
    var folders =
        Stream.of("deprecated", "unsupported", "rules-placeholder")
            .map(data()::resolve)
            .filter(Files::isDirectory)
            .toList();
    var book = RuleBook.load(folders);
    assertThat(book.rules()).isNotEmpty();
    assertThat(book.refusals())
        .allSatisfy(
            each ->
                assertThat(GIVEN_REASONS)
                    .as(each.toString())
                    .anyMatch(reason -> each.reason().contains(reason)));
  }
}
