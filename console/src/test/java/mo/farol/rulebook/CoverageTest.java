package mo.farol.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.attack.Bundles;
import mo.farol.attack.Matrix;
import mo.farol.attack.Technique;
import mo.farol.sigma.RuleRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageTest {
  @TempDir private Path rules;

  @Test
  void stealth_and_defense_impairment_are_tactics_and_the_name_of_before_is_stealth() {
    var columns =
        Coverage.of(
            List.of(
                row("attack.defense-impairment", "T1562.001"),
                row("attack.stealth", "T1070.001"),
                row("attack.defense_evasion", "T1036")),
            Matrix.NONE);
    assertThat(techniques(columns, "defense-impairment")).containsExactly("T1562.001");
    assertThat(techniques(columns, "stealth")).containsExactly("T1036", "T1070.001");
    assertThat(columns).noneMatch(column -> column.tactic().equals(Coverage.OTHER));
  }

  @Test
  void a_technique_stands_under_the_tactics_that_attack_knows_it_by() throws IOException {
    var matrix =
        matrix(
            "T1190 Exploit Public-Facing Application initial-access",
            "T1505 Server Software Component persistence",
            "T1505.003 Web Shell persistence",
            "T1098 Account Manipulation persistence,privilege-escalation",
            "T1110 Brute Force credential-access");
    var columns =
        Coverage.of(
            List.of(
                row(List.of("attack.initial-access", "attack.persistence"), "T1190", "T1505.003"),
                row(List.of("attack.impact"), "T1098"),
                row(List.of("attack.impact"), "T9999")),
            matrix);
    assertThat(techniques(columns, "initial-access")).containsExactly("T1190");
    assertThat(techniques(columns, "persistence")).containsExactly("T1098", "T1505.003");
    assertThat(techniques(columns, "privilege-escalation")).containsExactly("T1098");
    assertThat(techniques(columns, "impact")).containsExactly("T9999");
    assertThat(column(columns, "initial-access").cells().getFirst().name())
        .isEqualTo("Exploit Public-Facing Application");
  }

  @Test
  void what_nothing_watches_is_named_and_a_part_that_is_watched_counts_for_the_whole()
      throws IOException {
    var matrix =
        matrix(
            "T1110 Brute Force credential-access",
            "T1110.001 Password Guessing credential-access",
            "T1003 OS Credential Dumping credential-access",
            "T1555 Credentials from Password Stores credential-access");
    var rows =
        List.of(
            row("attack.credential-access", "T1110.001"),
            with(row("attack.credential-access", "T1003"), RuleRow.Telemetry.SOURCE_MISSING));

    var column = column(Coverage.of(rows, matrix), "credential-access");

    assertThat(column.watched()).extracting(Technique::id).containsExactly("T1110");
    assertThat(column.blind()).extracting(Technique::id).containsExactly("T1003");
    assertThat(column.unwatched()).extracting(Technique::id).containsExactly("T1555");
    assertThat(column.all()).isEqualTo(3);
    assertThat(column(Coverage.of(rows, Matrix.NONE), "credential-access").all()).isZero();
  }

  private static Coverage.Column column(List<Coverage.Column> columns, String tactic) {
    return columns.stream().filter(c -> c.tactic().equals(tactic)).findFirst().orElseThrow();
  }

  private Matrix matrix(String... techniques) throws IOException {
    return Bundles.write(rules, techniques).now().matrix();
  }

  private static List<String> techniques(List<Coverage.Column> columns, String tactic) {
    return columns.stream()
        .filter(column -> column.tactic().equals(tactic))
        .flatMap(column -> column.cells().stream())
        .map(Coverage.Cell::technique)
        .toList();
  }

  private static RuleRow row(String tag, String technique) {
    return row(List.of(tag), technique);
  }

  private static RuleRow row(List<String> tactics, String... techniques) {
    var tags = new ArrayList<>(tactics);
    List.of(techniques).forEach(technique -> tags.add("attack." + technique));
    return new RuleRow(
        new RuleRef(techniques[0], "v1", techniques[0]),
        "rule",
        Optional.empty(),
        "linux / auditd",
        tags,
        List.of(techniques),
        "rule.yml",
        0,
        Optional.empty(),
        List.of(),
        RuleRow.Telemetry.SENT);
  }

  private static RuleRow with(RuleRow row, RuleRow.Telemetry telemetry) {
    return new RuleRow(
        row.ref(),
        row.kind(),
        row.level(),
        row.source(),
        row.tags(),
        row.techniques(),
        row.file(),
        row.matches(),
        row.standing(),
        row.unseen(),
        telemetry);
  }
}
