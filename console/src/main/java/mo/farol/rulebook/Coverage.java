package mo.farol.rulebook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mo.farol.attack.Matrix;
import mo.farol.attack.Technique;

/**
 * What of ATT&amp;CK the rules in force watch, by tactic and technique, whether what they need is
 * really sent, and, where the site keeps MITRE's file, what nothing watches.
 */
public final class Coverage {
  private static final String TAG = "attack.";

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
   * @param name of the technique; empty where it is not known
   * @param seeing rules whose telemetry comes
   * @param blind rules whose telemetry never came
   */
  public record Cell(String technique, String name, List<RuleRow> seeing, List<RuleRow> blind) {
    /** How it is watched. */
    public State state() {
      return seeing.isEmpty() ? State.BLIND : State.WATCHED;
    }
  }

  /**
   * One tactic; without cells nothing watches it.
   *
   * @param watched techniques of ATT&amp;CK's that are watched, themselves or a part of them
   * @param blind those of which every rule is blind
   * @param unwatched those that no rule names; all three are empty where ATT&amp;CK is not known
   */
  public record Column(
      String tactic,
      List<Cell> cells,
      List<Technique> watched,
      List<Technique> blind,
      List<Technique> unwatched) {
    /** How many techniques ATT&amp;CK has under it. */
    public int all() {
      return watched.size() + blind.size() + unwatched.size();
    }
  }

  private Coverage() {}

  /**
   * The tactics in their order, each with its techniques by id. A technique stands under those of
   * its rule's tactics that ATT&amp;CK knows it by; under all of ATT&amp;CK's where the rule names
   * none of them, under all of the rule's where ATT&amp;CK does not know it.
   */
  public static List<Column> of(List<RuleRow> rows, Matrix matrix) {
    var byTactic = new LinkedHashMap<String, Map<String, List<RuleRow>>>();
    Matrix.TACTICS.forEach(tactic -> byTactic.put(tactic, new TreeMap<>()));
    byTactic.put(OTHER, new TreeMap<>());
    for (var row : rows) {
      var named = tactics(row);
      if (row.techniques().isEmpty()) {
        named.forEach(tactic -> put(byTactic, tactic, "", row));
      }
      for (String technique : row.techniques()) {
        serving(technique, named, matrix).forEach(t -> put(byTactic, t, technique, row));
      }
    }
    var columns = new ArrayList<Column>();
    byTactic.forEach(
        (tactic, techniques) -> {
          if (!tactic.equals(OTHER) || !techniques.isEmpty()) {
            columns.add(column(tactic, cells(techniques, matrix), matrix));
          }
        });
    return columns;
  }

  private static void put(
      Map<String, Map<String, List<RuleRow>>> byTactic,
      String tactic,
      String technique,
      RuleRow row) {
    byTactic
        .getOrDefault(tactic, new TreeMap<>())
        .computeIfAbsent(technique, _ -> new ArrayList<>())
        .add(row);
  }

  private static List<String> serving(String technique, List<String> named, Matrix matrix) {
    var known = matrix.technique(technique).map(Technique::tactics).orElse(List.of());
    var both = named.stream().filter(known::contains).toList();
    if (!both.isEmpty()) {
      return both;
    }
    if (!known.isEmpty()) {
      return known;
    }
    return named.isEmpty() ? List.of(OTHER) : named;
  }

  private static Column column(String tactic, List<Cell> cells, Matrix matrix) {
    var all = matrix.of(tactic);
    var watched = whole(cells, State.WATCHED);
    var named = whole(cells, State.BLIND);
    return new Column(
        tactic,
        cells,
        all.stream().filter(t -> watched.contains(t.id())).toList(),
        all.stream().filter(t -> named.contains(t.id()) && !watched.contains(t.id())).toList(),
        all.stream().filter(t -> !named.contains(t.id()) && !watched.contains(t.id())).toList());
  }

  private static Set<String> whole(List<Cell> cells, State state) {
    return cells.stream()
        .filter(cell -> cell.state() == state)
        .map(cell -> Technique.whole(cell.technique()))
        .collect(Collectors.toSet());
  }

  private static List<Cell> cells(Map<String, List<RuleRow>> techniques, Matrix matrix) {
    var cells = new ArrayList<Cell>();
    techniques.forEach(
        (technique, rows) ->
            cells.add(
                new Cell(
                    technique,
                    matrix.technique(technique).map(Technique::name).orElse(""),
                    rows.stream().filter(Coverage::sees).toList(),
                    rows.stream().filter(row -> !sees(row)).toList())));
    return cells;
  }

  private static boolean sees(RuleRow row) {
    return row.telemetry() == RuleRow.Telemetry.SENT;
  }

  private static List<String> tactics(RuleRow row) {
    return row.tags().stream()
        .filter(tag -> tag.regionMatches(true, 0, TAG, 0, TAG.length()))
        .map(tag -> Matrix.tactic(tag.substring(TAG.length())))
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }
}
