package mo.farol.pipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import mo.farol.store.Cell;

/**
 * Groups the rows of a table. The index groups events by the same rules: in order of time where
 * that is a key, else with the greatest first measure first.
 */
final class Grouper {
  private final Pipe.Group group;
  private final Table table;
  private final int[] measured;

  Grouper(Pipe.Group group, Table table) {
    this.group = group;
    this.table = table;
    measured =
        group.told().stream()
            .mapToInt(t -> t.kind() == Pipe.Kind.COUNT ? -1 : table.place(t.name()))
            .toArray();
  }

  /** How often each of a stage's values comes. */
  static Pipe.Group counting(Pipe.Top top) {
    var count =
        new Pipe.Told(
            Pipe.Kind.COUNT, new Pipe.Name("", top.column()), List.of(), List.of(Columns.COUNT));
    return new Pipe.Group(
        top.names().stream().map(name -> (Pipe.By) new Pipe.By.Values(name)).toList(),
        List.of(count),
        top.column());
  }

  Table table() {
    var groups = new LinkedHashMap<List<Cell>, List<List<Cell>>>();
    if (group.keys().isEmpty()) {
      groups.put(List.of(), table.rows());
    } else {
      for (var row : table.rows()) {
        groups.computeIfAbsent(key(row), _ -> new ArrayList<>()).add(row);
      }
    }
    var rows = new ArrayList<List<Cell>>();
    groups.forEach((key, members) -> rows.add(row(key, members)));
    rows.sort(order());
    return new Table(Columns.of(group, table.columns()), rows);
  }

  private List<Cell> key(List<Cell> row) {
    var key = new ArrayList<Cell>();
    for (var by : group.keys()) {
      key.add(
          switch (by) {
            case Pipe.By.Values(var name) -> Values.folded(row.get(table.place(name)));
            case Pipe.By.Bin(var width, var column) ->
                bin(row.get(table.place(new Pipe.Name(Columns.TIME, column))), width.toNanos());
          });
    }
    return key;
  }

  private static Cell bin(Cell cell, long widthNanos) {
    long width = widthNanos / 1000;
    return cell instanceof Cell.Time(var micros)
        ? new Cell.Time(Math.floorDiv(micros, width) * width)
        : Cell.Empty.EMPTY;
  }

  private List<Cell> row(List<Cell> key, List<List<Cell>> members) {
    var row = new ArrayList<>(key);
    for (int i = 0; i < measured.length; i++) {
      int place = measured[i];
      if (place < 0) {
        row.add(new Cell.Whole(members.size()));
      } else {
        var told = group.told().get(i);
        var cells =
            inOrder(told.kind(), members).stream()
                .map(m -> m.get(place))
                .filter(Cell::isThere)
                .toList();
        row.addAll(Summary.of(told, cells));
      }
    }
    return row;
  }

  // First and last are those by time; a query without it was refused when it was read.
  private List<List<Cell>> inOrder(Pipe.Kind kind, List<List<Cell>> members) {
    int time = table.names().indexOf(Columns.TIME);
    if (time < 0 || kind != Pipe.Kind.FIRST && kind != Pipe.Kind.LAST) {
      return members;
    }
    // Events come newest first: of equal times the later row is the older event.
    return members.reversed().stream()
        .sorted(Comparator.comparing((List<Cell> row) -> row.get(time), Cell.ORDER))
        .toList();
  }

  private Comparator<List<Cell>> order() {
    int keys = group.keys().size();
    Comparator<List<Cell>> byKeys =
        (one, other) -> {
          for (int i = 0; i < keys; i++) {
            int order = Cell.ORDER.compare(one.get(i), other.get(i));
            if (order != 0) {
              return order;
            }
          }
          return 0;
        };
    return Columns.isOverTime(group) ? byKeys : byMeasure(keys).thenComparing(byKeys);
  }

  // Only numbers put groups in order; what has none comes last.
  private static Comparator<List<Cell>> byMeasure(int place) {
    return (one, other) -> {
      var first = one.get(place);
      var second = other.get(place);
      boolean ordered = !(first instanceof Cell.Text || second instanceof Cell.Text);
      return ordered ? Values.compare(first, second, true) : 0;
    };
  }
}
