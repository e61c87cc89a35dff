package mo.farol.pipe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Which columns a stage leaves. */
public final class Columns {
  /** Column of the number of events. */
  public static final String COUNT = "count";

  /** Column of an event's time, and of bins of it. */
  public static final String TIME = "@timestamp";

  /** Columns of events where no stage names others. */
  public static final List<String> OF_EVENTS =
      List.of(TIME, "agency", "host.name", "event.action", "user.name", "source.ip", "message");

  private Columns() {}

  /** What a group stage makes of a table's columns. */
  static List<Table.Column> of(Pipe.Group group, List<Table.Column> before) {
    return of(
        group,
        name ->
            before.stream()
                .filter(column -> column.name().equals(name.text()))
                .findFirst()
                .orElseThrow());
  }

  /** What a group stage makes of events. */
  public static List<Table.Column> of(Pipe.Group group) {
    return of(group, name -> Table.Column.ofField(name.text()));
  }

  /** The group stage that counts what a top or rare stage asks for. */
  public static Pipe.Group counting(Pipe.Top top) {
    return Grouper.counting(top);
  }

  /** Whether time is a key, so that groups stand in its order. */
  public static boolean isOverTime(Pipe.Group group) {
    return group.keys().stream()
        .anyMatch(
            by ->
                by instanceof Pipe.By.Bin
                    || by instanceof Pipe.By.Values(var name) && name.text().equals(TIME));
  }

  private static List<Table.Column> of(Pipe.Group group, Function<Pipe.Name, Table.Column> column) {
    var columns = new ArrayList<Table.Column>();
    for (var by : group.keys()) {
      columns.add(
          switch (by) {
            case Pipe.By.Values(var name) -> column.apply(name);
            case Pipe.By.Bin(var width, _) ->
                new Table.Column(TIME, Table.Kind.BIN, TIME, width.toNanos() / 1000);
          });
    }
    for (var told : group.told()) {
      told.columns().forEach(name -> columns.add(Table.Column.ofMeasure(name)));
    }
    return columns;
  }
}
