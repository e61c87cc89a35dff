package mo.farol.pipe;

import java.util.List;
import mo.farol.store.Cell;

/**
 * Rows of cells.
 *
 * @param columns what stands in each place of a row
 * @param rows each as long as {@code columns}
 */
public record Table(List<Column> columns, List<List<Cell>> rows) {
  /** What a column holds. */
  public enum Kind {
    /** Values of the event field of its name. */
    FIELD,
    /** Starts of spans of time, of {@link Column#widthMicros}. */
    BIN,
    /** What was told of groups. */
    MEASURE
  }

  /**
   * One column.
   *
   * @param field the event field its values are of; empty for a measure
   * @param widthMicros of a bin, else 0
   */
  public record Column(String name, Kind kind, String field, long widthMicros) {
    /** Values of an event field. */
    public static Column ofField(String name) {
      return new Column(name, Kind.FIELD, name, 0);
    }

    /** A measure. */
    public static Column ofMeasure(String name) {
      return new Column(name, Kind.MEASURE, "", 0);
    }
  }

  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** Names of the columns. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** Where a column stands; every name was looked at when the query was read. */
  int place(Pipe.Name name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name.text())) {
        return i;
      }
    }
    throw new IllegalStateException("no column " + name.text());
  }

  /** The same columns with other rows. */
  Table with(List<List<Cell>> others) {
    return new Table(columns, others);
  }

  /** The first rows, at most so many. */
  public Table first(int most) {
    return rows.size() <= most ? this : with(rows.subList(0, most));
  }
}
