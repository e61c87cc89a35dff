package mo.farol.pipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import mo.farol.store.Cell;

/** Works stages off on a table. */
public final class Stages {
  private Stages() {}

  /** The table after all of these, one after the other. */
  public static Table apply(List<Pipe> pipes, Table table) {
    var now = table;
    for (var pipe : pipes) {
      now = apply(pipe, now);
    }
    return now;
  }

  private static Table apply(Pipe pipe, Table table) {
    return switch (pipe) {
      case Pipe.Group group -> new Grouper(group, table).table();
      case Pipe.Top top -> top(top, table);
      case Pipe.Fields fields -> fields(fields, table);
      case Pipe.Sort sort -> sort(sort, table);
      case Pipe.Dedup dedup -> dedup(dedup, table);
      case Pipe.Limit limit -> table.first(limit.n());
      case Pipe.Where where -> where(where, table);
    };
  }

  private static Table top(Pipe.Top top, Table table) {
    int[] places = places(top.names(), table);
    var present =
        table.rows().stream()
            .filter(row -> Arrays.stream(places).allMatch(i -> row.get(i).isThere()))
            .toList();
    var group = Grouper.counting(top);
    var counted = new Grouper(group, table.with(present)).table();
    var rows = new ArrayList<>(counted.rows());
    int count = counted.columns().size() - 1;
    var byCount = Comparator.comparing((List<Cell> row) -> row.get(count), Cell.ORDER);
    rows.sort(top.rare() ? byCount : byCount.reversed());
    return counted.with(rows).first(top.n());
  }

  private static Table fields(Pipe.Fields fields, Table table) {
    int[] places = places(fields.names(), table);
    var columns = new ArrayList<Table.Column>();
    for (int place : places) {
      columns.add(table.columns().get(place));
    }
    return new Table(columns, table.rows().stream().map(row -> pick(row, places)).toList());
  }

  private static Table sort(Pipe.Sort sort, Table table) {
    var rows = new ArrayList<>(table.rows());
    rows.sort(
        (one, other) -> {
          for (var order : sort.orders()) {
            int place = table.place(order.name());
            int result = Values.compare(one.get(place), other.get(place), order.descending());
            if (result != 0) {
              return result;
            }
          }
          return 0;
        });
    return table.with(rows);
  }

  private static Table dedup(Pipe.Dedup dedup, Table table) {
    int[] places = places(dedup.names(), table);
    var seen = new HashSet<List<Cell>>();
    return table.with(
        table.rows().stream().filter(row -> seen.add(Values.folded(pick(row, places)))).toList());
  }

  private static Table where(Pipe.Where where, Table table) {
    return table.with(
        table.rows().stream()
            .filter(
                row ->
                    where.conditions().stream()
                        .allMatch(c -> Values.holds(c, row.get(table.place(c.name())))))
            .toList());
  }

  static int[] places(List<Pipe.Name> names, Table table) {
    return names.stream().mapToInt(table::place).toArray();
  }

  static List<Cell> pick(List<Cell> row, int[] places) {
    var picked = new ArrayList<Cell>(places.length);
    for (int place : places) {
      picked.add(row.get(place));
    }
    return picked;
  }
}
