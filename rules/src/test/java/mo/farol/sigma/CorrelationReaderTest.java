package mo.farol.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mo.farol.match.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrelationReaderTest {
  private static RuleBook book(String correlation) {
    return book(correlation, "1h");
  }

  private static RuleBook book(String correlation, String span) {
    return book(correlation, span, "[one]");
  }

  private static RuleBook book(String correlation, String span, String rules) {
    return Rules.book(
        """
        title: One
        id: one
        name: first
        logsource: {product: test}
        detection: {s: {f: 1}, condition: s}
        ---
        title: Count
        id: count
        correlation:
          rules: %s
          timespan: %s
          group-by: [g]
        """
                .formatted(rules, span)
            + correlation.replaceAll("(?m)^", "  "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "value_sum | {gte: 10.5, field: v} | false",
        "value_avg | {lt: -2, field: v} | false",
        "value_avg | {lt: 2, field: v} | true",
        "value_median | {neq: 3, field: v} | true",
        "value_percentile | {gt: 3, percentile: 99.9, field: v} | false",
        "value_percentile | {lte: 1, field: v} | false",
        "event_count | {lt: 5} | true",
        "event_count | {eq: 5} | false",
        "event_count | {gt: 5, lte: 7} | false",
        "temporal | {lt: 2} | true",
      })
  void every_type_and_comparison_compiles_and_says_when_it_is_decided(
      String type, String condition, boolean atTheEnd) {
    var book = book("type: " + type + "\ncondition: " + condition);
    assertThat(book.refusals()).isEmpty();
    assertThat(book.correlations().getFirst().isDecidedAtTheEnd()).isEqualTo(atTheEnd);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: value_sum | condition is missing",
        "{type: value_sum, condition: {gte: 1}} | value_sum needs a field",
        "{type: value_sum, condition: {gte: 1, field: [a, b]}} | value_sum takes one field",
        "{type: value_sum, condition: {gte: 1e3, field: a}} | is no comparison with a number",
        "{type: event_count, condition: {lt: 1}} | write type: farol_absence",
        "{type: event_count, condition: {gte: 1, percentile: 5}} | only value_percentile",
        "{type: value_percentile, condition: {gte: 1, percentile: 101, field: a}} | up to 100",
        "{type: farol_first_seen, condition: {field: a}} | learn is a number",
        "{type: farol_rare, learn: 1d, condition: {field: a}} | is missing",
        "{type: farol_first_seen, learn: 1d, condition: {field: a, lt: 2}} | with no number",
        "{type: farol_absence, condition: {gte: 1}} | has no condition",
        "{type: farol_absence, learn: 1d} | only first-seen and rare",
        "type: farol_often | there is no type",
      })
  void what_is_wrong_is_said(String correlation, String reason) {
    String lines = correlation.replaceAll("^\\{(type: [a-z_]+)", "$1");
    lines = lines.equals(correlation) ? lines : lines.substring(0, lines.length() - 1);
    String block = lines.replace(", learn", "\nlearn").replace(", condition", "\ncondition");
    assertThat(book(block).refusals())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.reason()).contains(reason));
  }

  @ParameterizedTest
  @CsvSource({"5M", "1y", "300", "0s", "1h30m", "5 m", "91d"})
  void a_span_is_a_number_and_a_lower_case_unit(String span) {
    assertThat(book("type: event_count\ncondition: {gte: 1}", span).refusals())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.reason()).contains("timespan is"));
  }

  @Test
  void a_rule_stands_in_a_correlation_once_but_in_an_order() {
    for (String rules : List.of("[one, one]", "[one, first]")) {
      var book = book("type: temporal", "1h", rules);
      assertThat(book.correlations()).isEmpty();
      assertThat(book.refusals())
          .singleElement()
          .asString()
          .contains("10:10: correlation: it names a rule twice");
    }
    assertThat(book("type: temporal_ordered", "1h", "[one, one]").refusals()).isEmpty();
  }

  @Test
  void numbers_are_written_as_people_do() {
    assertThat(Figures.text(10)).isEqualTo("10");
    assertThat(Figures.text(9_000_000_000.0)).isEqualTo("9000000000");
    assertThat(Figures.text(0.1 + 0.2)).isEqualTo("0.3");
    assertThat(Figures.text(-0.0)).isEqualTo("0");
  }
}
