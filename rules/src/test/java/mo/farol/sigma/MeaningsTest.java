package mo.farol.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeaningsTest {
  private static final String RULE =
      """
      title: Tool
      id: 22222222-0000-4000-8000-000000000001
      logsource: {product: windows, category: process_creation}
      tags: [attack.t1059, attack.execution]
      detection:
        sel:
          Image|endswith: [\\a.exe, \\b.exe]
          CommandLine|contains: ' -x '
        other:
          User: adm*
        condition: sel and not other
      level: high
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "title: Tool ! title: Another title",
        "level: high ! 'level: high # a comment'",
        "[\\a.exe, \\b.exe] ! [\\b.exe,   \\a.exe]",
        "sel ! selection",
        "attack.execution ! attack.persistence",
        "condition: sel and not other ! condition: not other and sel",
        "id: 22222222-0000-4000-8000-000000000001 ! author: somebody",
      })
  void what_says_nothing_of_matches_or_alerts_leaves_the_version(String from, String to)
      throws IOException {
    assertThat(version(RULE.replace(from, to))).isEqualTo(version(RULE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "level: high ! level: low",
        "\\b.exe ! \\c.exe",
        "adm* ! adm\\*",
        "endswith ! endswith|cased",
        "and not other ! and other",
        "attack.t1059 ! attack.t1060",
        "attack.execution ! farol.login-guessing",
        "product: windows ! product: linux",
        "level: high ! 'farol: {fact: true}'",
      })
  void what_decides_matches_or_alerts_is_in_the_version(String from, String to) throws IOException {
    assertThat(version(RULE.replace(from, to))).isNotEqualTo(version(RULE));
  }

  @Test
  void keys_may_stand_in_any_order() throws IOException {
    var turned =
        """
        level: high
        detection:
          condition: sel and not other
          other: {User: adm*}
          sel:
            CommandLine|contains: " -x "
            Image|endswith:
              - \\b.exe
              - \\a.exe
        logsource:
          category: process_creation
          product: windows
        tags: [attack.execution, attack.t1059]
        title: Tool
        """;
    assertThat(version(turned)).isEqualTo(version(RULE)).matches("[0-9a-f]{12}");
  }

  @Test
  void flags_of_an_expression_and_values_of_placeholders_are_in_the_version() throws IOException {
    var regex = RULE.replace("User: adm*", "User|re: adm");
    var folded = RULE.replace("User: adm*", "User|re|i: adm");
    assertThat(version(regex)).isNotEqualTo(version(folded));
    var expand = RULE.replace("User: adm*", "User|expand: '%admins%'");
    assertThat(version(expand, "rui")).isNotEqualTo(version(expand, "ana"));
    assertThat(version(expand, "rui")).isEqualTo(version(expand, "rui"));
  }

  @Test
  void names_of_fields_at_the_site_are_in_the_version_of_rules_that_ask_for_them()
      throws IOException {
    var book = book(RULE, Placeholders.NONE);
    assertThat(under(book, "User")).isNotEqualTo(under(book, "OriginalFileName"));
    assertThat(under(book, "OriginalFileName")).isEqualTo(under(book, "Hashes"));
  }

  @Test
  void a_correlation_hangs_on_what_it_counts_and_not_on_its_title() throws IOException {
    var count =
        """
        ---
        title: Many
        id: 22222222-0000-4000-8000-000000000002
        correlation:
          type: event_count
          rules: [22222222-0000-4000-8000-000000000001]
          group-by: [User]
          timespan: 5m
          condition: {gte: 5}
        """;
    var one = counted(RULE + count);
    assertThat(counted(RULE + count.replace("Many", "A lot"))).isEqualTo(one);
    assertThat(counted(RULE.replace("level: high", "level: low") + count)).isEqualTo(one);
    assertThat(counted(RULE.replace("b.exe", "c.exe") + count)).isNotEqualTo(one);
    assertThat(counted(RULE + count.replace("5m", "6m"))).isNotEqualTo(one);
    assertThat(counted(RULE + count + "level: low\n")).isNotEqualTo(one);
  }

  private String under(RuleBook book, String field) {
    var names =
        new Names() {
          @Override
          public List<String> field(LogSource source, String name) {
            return name.equals(field) ? List.of(name, "site." + name) : List.of(name);
          }

          @Override
          public String logSource(LogSource source) {
            return "";
          }

          @Override
          public String zone() {
            return "UTC";
          }
        };
    return book.under(names).rules().getFirst().ref().version();
  }

  private String counted(String text) throws IOException {
    return book(text, Placeholders.NONE).correlations().getFirst().ref().version();
  }

  private String version(String text) throws IOException {
    return book(text, Placeholders.NONE).rules().getFirst().ref().version();
  }

  private String version(String text, String admins) throws IOException {
    var values = Placeholders.of(Map.of("admins", List.of(admins)));
    return book(text, values).rules().getFirst().ref().version();
  }

  private RuleBook book(String text, Placeholders placeholders) throws IOException {
    Files.writeString(folder.resolve("rule.yml"), text);
    var book = RuleBook.load(List.of(folder), placeholders);
    assertThat(book.refusals()).isEmpty();
    return book;
  }
}
