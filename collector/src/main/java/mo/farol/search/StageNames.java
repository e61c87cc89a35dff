package mo.farol.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mo.farol.pipe.Columns;
import mo.farol.pipe.Pipe;
import org.jspecify.annotations.Nullable;

/**
 * What names stand for from stage to stage: fields while events flow, then columns of the table
 * that was made. Belongs to one reading of a query.
 */
final class StageNames {
  /** Fields of which each event has one of its own, or that are searched by word. */
  private static final List<String> NOT_COUNTED = List.of(Leaves.TEXT, "id");

  private static final List<String> WORDS =
      List.of(
          "agency", "severity", "farol.exercise", "farol.input", "farol.lane", "farol.rejected");

  private final Leaves leaves;
  private final Scanner scanner;
  private @Nullable List<String> columns;
  private boolean areOfEvents = true;

  /**
   * @param scanner by which names are taken, just before they are asked about
   */
  StageNames(Leaves leaves, Scanner scanner) {
    this.leaves = leaves;
    this.scanner = scanner;
  }

  /** Whether events flow still. */
  boolean areFields() {
    return columns == null;
  }

  /** A stage leaves a table of these. */
  void become(List<String> names) {
    columns = List.copyOf(names);
    areOfEvents = false;
  }

  /** A stage leaves these of what there was. */
  void picked(List<String> names) {
    columns = List.copyOf(names);
  }

  /** The field or column a name stands for; a fault where there is none. */
  Pipe.Name any(String name, int column) {
    String full =
        columns == null ? leaves.field(name, scanner.isExact(), column) : known(name, column);
    return new Pipe.Name(full, column);
  }

  /** The same, where values are counted by. */
  Pipe.Name counted(String name, int column) {
    var found = any(name, column);
    if (areFields() && NOT_COUNTED.contains(found.text())) {
      throw new QueryFault(
          column,
          "'%s' can't be counted by: nearly every event has one of its own; 'dedup %s' or 'fields %s' before it takes the newest events"
              .formatted(name, name, name));
    }
    return found;
  }

  /** The same, where values are read as the measure needs them; also after {@code fields}. */
  Pipe.Name measured(Pipe.Kind kind, String name, int column) {
    var found = counted(name, column);
    mustHaveTime(kind, column);
    if (!areOfEvents) {
      return found;
    }
    boolean isTime = found.text().equals(Columns.TIME);
    if (isTime && (kind.isOfNumbers() || kind == Pipe.Kind.DISTINCT)) {
      throw new QueryFault(
          column,
          "%s takes no times; min, max, first and last do, and bin(5m) groups by them"
              .formatted(kind.word()));
    }
    boolean ofNumbers = kind.isOfNumbers() || kind == Pipe.Kind.MIN || kind == Pipe.Kind.MAX;
    if (ofNumbers && WORDS.contains(found.text())) {
      throw new QueryFault(
          column, "%s works on numbers, and %s is a word".formatted(kind.word(), found.text()));
    }
    return found;
  }

  private void mustHaveTime(Pipe.Kind kind, int column) {
    boolean byTime = kind == Pipe.Kind.FIRST || kind == Pipe.Kind.LAST;
    if (byTime && columns != null && !columns.contains(Columns.TIME)) {
      throw new QueryFault(
          column,
          "%s goes by time, and the stage before leaves no @timestamp".formatted(kind.word()));
    }
  }

  private String known(String name, int column) {
    var all = columns == null ? List.<String>of() : columns;
    String full = Names.canonical(name);
    if (all.contains(name) || all.contains(full)) {
      return all.contains(name) ? name : full;
    }
    throw new QueryFault(
        column,
        "the stage before leaves no column '%s', only %s%s"
            .formatted(
                name,
                String.join(", ", all),
                near(name, all).map("; did you mean %s?"::formatted).orElse("")));
  }

  /** The nearest of some words to one that is none of them. */
  static Optional<String> near(String word, List<String> all) {
    int reach = word.length() < 5 ? 1 : 2;
    return all.stream()
        .filter(other -> Names.distance(word, other, reach) <= reach)
        .min(Comparator.comparingInt(other -> Names.distance(word, other, reach)));
  }
}
