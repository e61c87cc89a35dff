package mo.farol.rulebook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of ATT&amp;CK the rules in force watch, by tactic and technique, and whether what they need
 * is really sent. Nothing of ATT&amp;CK is copied but the names of its tactics: techniques are
 * those that rules name.
 */
public final class Coverage {
  /** Tactics of the enterprise matrix since ATT&amp;CK 19, in its order, as tags name them. */
  public static final List<String> TACTICS =
      List.of(
          "reconnaissance",
          "resource-development",
          "initial-access",
          "execution",
          "persistence",
          "privilege-escalation",
          "stealth",
          "defense-impairment",
          "credential-access",
          "discovery",
          "lateral-movement",
          "collection",
          "command-and-control",
          "exfiltration",
          "impact");

  /** What TA0005, Stealth, was called before. */
  private static final String FORMER_STEALTH = "defense-evasion";

  /** Where rules name a technique and no tactic. */
  public static final String OTHER = "other";

  /** How a technique is watched. */
  public enum State {
    /** By a rule whose telemetry comes. */
    WATCHED,
    /** By rules that never got what they need. */
    BLIND
  }

  /**
   * One technique under one tactic.
   *
   * @param technique id; empty where rules name the tactic alone
   * @param seeing rules whose telemetry comes
   * @param blind rules whose telemetry never came
   */
  public record Cell(String technique, List<RuleRow> seeing, List<RuleRow> blind) {
    /** How it is watched. */
    public State state() {
      return seeing.isEmpty() ? State.BLIND : State.WATCHED;
    }
  }

  /** One tactic; without cells nothing watches it. */
  public record Column(String tactic, List<Cell> cells) {}

  private Coverage() {}

  /** The tactics in their order, each with its techniques by id. */
  public static List<Column> of(List<RuleRow> rows) {
    var byTactic = new LinkedHashMap<String, Map<String, List<RuleRow>>>();
    TACTICS.forEach(tactic -> byTactic.put(tactic, new TreeMap<>()));
    byTactic.put(OTHER, new TreeMap<>());
    for (var row : rows) {
      for (String tactic : tactics(row)) {
        var techniques = row.techniques().isEmpty() ? List.of("") : row.techniques();
        techniques.forEach(
            t ->
                byTactic
                    .getOrDefault(tactic, new TreeMap<>())
                    .computeIfAbsent(t, _ -> new ArrayList<>())
                    .add(row));
      }
    }
    var columns = new ArrayList<Column>();
    byTactic.forEach(
        (tactic, cells) -> {
          if (!tactic.equals(OTHER) || !cells.isEmpty()) {
            columns.add(new Column(tactic, cells(cells)));
          }
        });
    return columns;
  }

  private static List<Cell> cells(Map<String, List<RuleRow>> techniques) {
    var cells = new ArrayList<Cell>();
    techniques.forEach(
        (technique, rows) ->
            cells.add(
                new Cell(
                    technique,
                    rows.stream().filter(Coverage::sees).toList(),
                    rows.stream().filter(row -> !sees(row)).toList())));
    return cells;
  }

  private static boolean sees(RuleRow row) {
    return row.telemetry() == RuleRow.Telemetry.SENT;
  }

  private static List<String> tactics(RuleRow row) {
    var tactics =
        row.tags().stream()
            .map(tag -> tag.toLowerCase(Locale.ROOT).replace('_', '-'))
            .filter(tag -> tag.startsWith("attack."))
            .map(tag -> tag.substring("attack.".length()))
            .map(tag -> tag.equals(FORMER_STEALTH) ? "stealth" : tag)
            .filter(TACTICS::contains)
            .distinct()
            .toList();
    return tactics.isEmpty() && !row.techniques().isEmpty() ? List.of(OTHER) : tactics;
  }
}
