package mo.farol.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;

/**
 * Reads decision tables. Conditions: {@code agency}, {@code rule}, {@code level}, {@code asset},
 * {@code entity}, {@code network}, {@code technique}, {@code hours}; an empty cell holds for all, a
 * {@code |} separates values of which one must fit. What follows: {@code set level}, {@code set
 * title}, {@code set category}, {@code suppress}, {@code notify}; {@code because} says why. The
 * manual has examples.
 */
final class TableReader {
  private static final List<String> CONDITIONS =
      List.of("agency", "rule", "level", "asset", "entity", "network", "technique", "hours");
  private static final List<String> DEEDS =
      List.of("set level", "set title", "set category", "suppress", "notify", "because");
  private static final List<String> ENOUGH = DEEDS.subList(0, 5);

  private final String file;
  private final String version;
  private final List<DrlFault> faults;
  private List<String> columns = List.of();

  private TableReader(String file, String version, List<DrlFault> faults) {
    this.file = file;
    this.version = version;
    this.faults = faults;
  }

  /** The table of a sheet; cells that can't be read are faults, and their rows are left out. */
  static DecisionTable read(
      String file, String version, SheetFile.Sheet sheet, List<DrlFault> faults) {
    var reader = new TableReader(file, version, faults);
    var rows = new ArrayList<DecisionTable.Row>();
    for (var row : sheet.rows()) {
      if (reader.columns.isEmpty()) {
        reader.header(row);
        if (reader.columns.isEmpty()) {
          break;
        }
      } else {
        reader.row(row, rows);
      }
    }
    return new DecisionTable(file, rows);
  }

  private void header(SheetFile.Row row) {
    var names = row.cells().stream().map(c -> c.strip().toLowerCase(Locale.ROOT)).toList();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (!name.isEmpty() && !CONDITIONS.contains(name) && !DEEDS.contains(name)) {
        fault(
            row,
            i,
            "'%s' is no column; conditions are %s; what follows: %s"
                .formatted(
                    Bounded.text(name, 40),
                    String.join(", ", CONDITIONS),
                    String.join(", ", DEEDS)));
        return;
      }
      if (!name.isEmpty() && names.indexOf(name) != i) {
        fault(row, i, "column '" + name + "' is there twice");
        return;
      }
    }
    if (ENOUGH.stream().noneMatch(names::contains)) {
      fault(row, 0, "no column says what follows: one of " + String.join(", ", ENOUGH));
      return;
    }
    columns = names;
  }

  private void row(SheetFile.Row row, List<DecisionTable.Row> to) {
    Predicate<Draft> fits = _ -> true;
    var actions = new ArrayList<DecisionTable.Action>();
    var conditions = new ArrayList<String>();
    String because = "";
    int column = 0;
    try {
      for (; column < row.cells().size(); column++) {
        String cell = row.cells().get(column).strip();
        String name = column < columns.size() ? columns.get(column) : "";
        if (cell.isEmpty()) {
          continue;
        }
        if (name.isEmpty()) {
          throw new IllegalArgumentException("a value under no column name");
        } else if (name.equals("because")) {
          because = Bounded.text(cell, 200);
        } else if (CONDITIONS.contains(name)) {
          fits = fits.and(condition(name, cell));
          conditions.add(name + " " + cell);
        } else {
          actions.add(action(name, cell));
        }
      }
    } catch (IllegalArgumentException e) {
      fault(row, column, String.valueOf(e.getMessage()));
      return;
    }
    if (conditions.isEmpty() || actions.isEmpty()) {
      fault(row, 0, conditions.isEmpty() ? "a row without a condition" : "nothing follows from it");
      return;
    }
    String name = "%s row %d".formatted(file, row.number());
    to.add(
        new DecisionTable.Row(
            new RuleRef(name, version, name),
            row.number(),
            fits,
            actions,
            because.isEmpty() ? String.join(", ", conditions) : because));
  }

  private static Predicate<Draft> condition(String name, String cell) {
    return switch (name) {
      case "agency" -> any(cell, value -> draft -> Patterns.fits(value, draft.agency()));
      case "rule" -> any(cell, value -> draft -> Patterns.fits(value, draft.ruleId()));
      case "level" -> level(cell);
      case "asset" -> asset(cell);
      case "entity" -> any(cell, TableReader::entity);
      case "network" -> any(cell, TableReader::network);
      case "technique" -> any(cell, value -> draft -> draft.shows(value));
      case "hours" -> any(cell, TableReader::hours);
      default -> throw new IllegalStateException(name);
    };
  }

  private interface Reading {
    Predicate<Draft> of(String value);
  }

  private static Predicate<Draft> any(String cell, Reading reading) {
    Predicate<Draft> any = _ -> false;
    for (String value : cell.split("\\|", -1)) {
      if (value.isBlank()) {
        throw new IllegalArgumentException("an empty value between '|'");
      }
      any = any.or(reading.of(value.strip()));
    }
    return any;
  }

  private static Predicate<Draft> level(String cell) {
    boolean exact = cell.startsWith("=");
    var level = Level.ofWord((exact ? cell.substring(1) : cell).strip());
    return exact ? draft -> draft.level() == level : draft -> draft.level().isAtLeast(level);
  }

  private static Predicate<Draft> asset(String cell) {
    if (!cell.matches("[1-5]")) {
      throw new IllegalArgumentException("asset is the least criticality, 1 to 5");
    }
    int least = Integer.parseInt(cell);
    return draft -> draft.criticality() >= least;
  }

  private static Predicate<Draft> entity(String value) {
    int equals = value.indexOf('=');
    if (equals <= 0 || equals == value.length() - 1) {
      throw new IllegalArgumentException("entity is written user.name=adm*");
    }
    String field = value.substring(0, equals).strip();
    String pattern = value.substring(equals + 1).strip();
    return draft -> draft.isAbout(field, pattern);
  }

  private static Predicate<Draft> network(String value) {
    if (!Patterns.isNetwork(value)) {
      throw new IllegalArgumentException("a network is written 10.0.0.0/8");
    }
    return draft ->
        draft.entities().stream()
            .anyMatch(e -> e.field().endsWith(".ip") && Patterns.isWithin(e.value(), value));
  }

  private static Predicate<Draft> hours(String value) {
    var hours = Hours.parse(value);
    return draft -> hours.contains(draft.lastAt());
  }

  private static DecisionTable.Action action(String name, String cell) {
    return switch (name) {
      case "set level" -> {
        var level = Level.ofWord(cell);
        yield (treatment, row, because) -> treatment.level(level, row, because);
      }
      case "set title" -> (treatment, row, because) -> treatment.title(cell, row, because);
      case "set category" -> {
        if (!cell.matches("[a-z][a-z-]{1,40}")) {
          throw new IllegalArgumentException("a category is one lower-case word");
        }
        yield (treatment, row, because) -> treatment.category(cell, row, because);
      }
      case "suppress" -> suppress(cell);
      case "notify" -> {
        var who = Treatment.people(cell);
        yield (treatment, row, because) -> treatment.told(who, row, because);
      }
      default -> throw new IllegalStateException(name);
    };
  }

  private static DecisionTable.Action suppress(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "no", "false" -> (_, _, _) -> {};
      case "yes", "true" ->
          (treatment, row, because) ->
              treatment.suppress(
                  new Suppression(Suppression.Kind.TABLE, row.id(), row.title(), because), row);
      default -> throw new IllegalArgumentException("suppress is yes or no");
    };
  }

  private void fault(SheetFile.Row row, int column, String reason) {
    String name =
        column < columns.size() && !columns.get(column).isEmpty()
            ? " (" + columns.get(column) + ")"
            : "";
    faults.add(
        new DrlFault(
            file, row.number(), "column %s%s: %s".formatted(letters(column), name, reason)));
  }

  private static String letters(int column) {
    return column < 26
        ? String.valueOf((char) ('A' + column))
        : letters(column / 26 - 1) + letters(column % 26);
  }
}
