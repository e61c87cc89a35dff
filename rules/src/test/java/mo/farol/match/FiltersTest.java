package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sigma filters: Sigma filters specification 2.1.0. */
class FiltersTest {
  private static final String RULE =
      """
      title: Whoami
      id: 5b9b3d44-0000-4000-8000-000000000001
      name: whoami
      logsource: {product: windows, category: process_creation}
      detection: {sel: {Image|endswith: '\\whoami.exe'}, condition: sel}
      """;
  private static final String FILTER =
      """
      title: Administrators
      id: 5b9b3d44-0000-4000-8000-00000000000f
      logsource: {product: windows, category: process_creation}
      filter:
        rules: [5b9b3d44-0000-4000-8000-000000000001]
        selection: {User|startswith: adm_}
        condition: selection
      """;
  private static final String ADMIN =
      """
      {"Channel":"Security","EventID":4688,"NewProcessName":"C:\\\\whoami.exe",\
      "SubjectUserName":"adm_ana"}\
      """;
  private static final String OTHER = ADMIN.replace("adm_ana", "rui");

  @TempDir Path folder;

  private RuleBook book(String filter) throws IOException {
    Files.writeString(folder.resolve("m_rule.yml"), RULE);
    Files.writeString(folder.resolve("a_filter.yml"), filter);
    return RuleBook.load(List.of(folder));
  }

  private static List<Integer> matches(RuleBook book) {
    var batch = Events.of(List.of(ADMIN, OTHER));
    var matcher = new Matcher(book, FieldMap.standard());
    var brute = new BruteMatcher(book, FieldMap.standard());
    var counts = List.of(Rules.ids(matcher, batch, 0).size(), Rules.ids(matcher, batch, 1).size());
    assertThat(counts).isEqualTo(List.of(brute.ids(batch, 0).size(), brute.ids(batch, 1).size()));
    return counts;
  }

  @Test
  void what_fits_a_filter_is_suppressed_by_the_fields_of_the_rule() throws IOException {
    var book = book(FILTER);
    assertThat(book.refusals()).isEmpty();
    assertThat(book.remarks()).isEmpty();
    assertThat(matches(book)).containsExactly(0, 1);
    assertThat(book.rules().getFirst().condition())
        .isEqualTo("(sel) and not (selection of filter \"Administrators\")");
    assertThat(book.rules().getFirst().filters())
        .extracting(ref -> ref.title())
        .containsExactly("Administrators");
  }

  @Test
  void a_filter_names_rules_by_name_too_and_is_read_after_all_files() throws IOException {
    var byName = FILTER.replace("[5b9b3d44-0000-4000-8000-000000000001]", "[other, whoami]");
    assertThat(matches(book(byName))).containsExactly(0, 1);
    Files.move(folder.resolve("a_filter.yml"), folder.resolve("z_filter.yml"));
    assertThat(matches(RuleBook.load(List.of(folder)))).containsExactly(0, 1);
  }

  @Test
  void any_and_no_rules_mean_every_rule_of_the_log_source() throws IOException {
    assertThat(matches(book(FILTER.replaceAll("rules: .*", "rules: any")))).containsExactly(0, 1);
    assertThat(matches(book(FILTER.replaceAll("rules: .*", "rules: [any]")))).containsExactly(0, 1);
    assertThat(book(FILTER.replaceAll("rules: .*", "rules: any")).remarks()).isEmpty();
    var none = book(FILTER.replaceAll("  rules: .*\n", ""));
    assertThat(matches(none)).containsExactly(0, 1);
    assertThat(none.remarks()).singleElement().asString().contains("applies to every rule");
    assertThat(matches(book(FILTER.replaceAll("rules: .*", "rules: []")))).containsExactly(0, 1);
  }

  @Test
  void a_filter_of_another_log_source_does_not_apply_and_says_so() throws IOException {
    var other = book(FILTER.replace("category: process_creation", "service: security"));
    assertThat(matches(other)).containsExactly(1, 1);
    assertThat(other.remarks()).singleElement().asString().contains("1:1: filter: does not apply");
    assertThat(matches(book(FILTER.replace(", category: process_creation", ""))))
        .containsExactly(0, 1);
    assertThat(matches(book(FILTER.replace("product: windows", "product: linux"))))
        .containsExactly(1, 1);
  }

  @Test
  void a_condition_that_begins_with_not_says_what_must_hold() throws IOException {
    var joined = book(FILTER.replace("condition: selection", "condition: not selection"));
    assertThat(matches(joined)).containsExactly(0, 1);
    assertThat(joined.remarks())
        .singleElement()
        .asString()
        .contains(":7:14: filter: the condition begins with 'not'");
    assertThat(joined.rules().getFirst().condition())
        .isEqualTo("(sel) and (not selection of filter \"Administrators\")");
  }

  @Test
  void a_filter_may_say_its_polarity() throws IOException {
    assertThat(matches(book(FILTER + "farol: {polarity: keep}\n"))).containsExactly(1, 0);
    assertThat(matches(book(FILTER + "farol: {polarity: suppress}\n"))).containsExactly(0, 1);
    var not = FILTER.replace("condition: selection", "condition: not selection");
    assertThat(matches(book(not + "farol: {polarity: suppress}\n"))).containsExactly(1, 0);
    assertThat(book(FILTER + "farol: {polarity: up}\n").refusals())
        .singleElement()
        .asString()
        .contains("polarity is 'suppress'");
  }

  @Test
  void several_filters_add_up_and_change_the_version() throws IOException {
    var plain = book("");
    var one = book(FILTER);
    Files.writeString(
        folder.resolve("b_filter.yml"),
        FILTER.replace("00000f", "00000e").replace("adm_", "rui").replace("Admin", "Other admin"));
    var two = RuleBook.load(List.of(folder));
    assertThat(matches(two)).containsExactly(0, 0);
    assertThat(List.of(plain, one, two))
        .extracting(book -> book.rules().getFirst().ref().version())
        .doesNotHaveDuplicates();
    assertThat(two.rules().getFirst().ref().id()).isEqualTo("5b9b3d44-0000-4000-8000-000000000001");
  }

  @Test
  void several_search_identifiers_and_any_condition_are_taken() throws IOException {
    var two =
        FILTER
            .replace("  condition: selection", "  other: {User: rui}\n  condition: 1 of them")
            .replace("  selection:", "  selection:");
    assertThat(matches(book(two))).containsExactly(0, 0);
  }

  @Test
  void a_filter_that_is_wrong_suppresses_nothing() throws IOException {
    var wrong = book(FILTER.replace("condition: selection", "condition: selektion"));
    assertThat(matches(wrong)).containsExactly(1, 1);
    assertThat(wrong.refusals())
        .singleElement()
        .asString()
        .contains("a_filter.yml:7:14: condition: no search identifier is named 'selektion'");
    assertThat(book(FILTER.replaceAll("title: .*\n", "")).refusals())
        .singleElement()
        .asString()
        .contains("title is missing");
  }

  @Test
  void a_rule_that_is_not_here_is_remarked() throws IOException {
    assertThat(book(FILTER.replace("000000000001]", "000000000009]")).remarks())
        .singleElement()
        .asString()
        .contains("there is no rule '5b9b3d44-0000-4000-8000-000000000009' here");
  }
}
