package mo.farol.pipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntConsumer;
import mo.farol.store.Cell;
import mo.farol.store.Deadline;

/** Works stages off on a table. */
public final class Stages {
  /** Rows that go on once the time is over: few enough for every stage to be quick. */
  public static final int LATE = 1_000;

  /** A row and what it is sorted by. */
  private record Keyed(List<Cell> row, List<Cell> keys) {}

  private Stages() {}

  /**
   * The table after all of these, one after the other. Where the time is over before one of them,
   * only the first 1,000 rows go on to it.
   *
   * @param cut told how many rows there were whenever some of them do not go on
   */
  public static Table apply(List<Pipe> pipes, Table table, Deadline deadline, IntConsumer cut) {
    var now = table;
    for (var pipe : pipes) {
      deadline.check();
      if (now.rows().size() > LATE && deadline.isOver()) {
        cut.accept(now.rows().size());
        now = now.first(LATE);
      }
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
    int[] places = places(sort.orders().stream().map(Pipe.Order::name).toList(), table);
    var rows =
        table.rows().stream()
            .map(row -> new Keyed(row, Values.keys(pick(row, places))))
            .sorted((one, other) -> compare(one.keys(), other.keys(), sort.orders()))
            .map(Keyed::row)
            .toList();
    return table.with(rows);
  }

  private static int compare(List<Cell> one, List<Cell> other, List<Pipe.Order> orders) {
    for (int i = 0; i < orders.size(); i++) {
      int result = Values.compareKeys(one.get(i), other.get(i), orders.get(i).descending());
      if (result != 0) {
        return result;
      }
    }
    return 0;
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
