package mo.farol.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import mo.farol.sigma.RuleRef;
import org.junit.jupiter.api.Test;

class CoverageTest {
  @Test
  void stealth_and_defense_impairment_are_tactics_and_the_name_of_before_is_stealth() {
    var columns =
        Coverage.of(
            List.of(
                row("attack.defense-impairment", "T1562.001"),
                row("attack.stealth", "T1070.001"),
                row("attack.defense_evasion", "T1036")));
    assertThat(techniques(columns, "defense-impairment")).containsExactly("T1562.001");
    assertThat(techniques(columns, "stealth")).containsExactly("T1036", "T1070.001");
    assertThat(columns).noneMatch(column -> column.tactic().equals(Coverage.OTHER));
  }

  private static List<String> techniques(List<Coverage.Column> columns, String tactic) {
    return columns.stream()
        .filter(column -> column.tactic().equals(tactic))
        .flatMap(column -> column.cells().stream())
        .map(Coverage.Cell::technique)
        .toList();
  }

  private static RuleRow row(String tag, String technique) {
    return new RuleRow(
        new RuleRef(technique, "v1", technique),
        "rule",
        Optional.empty(),
        "linux / auditd",
        List.of(tag, "attack." + technique),
        List.of(technique),
        "rule.yml",
        0,
        Optional.empty(),
        List.of(),
        RuleRow.Telemetry.SENT);
  }
}
