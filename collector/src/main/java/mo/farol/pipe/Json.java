package mo.farol.pipe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import mo.farol.store.Cell;

/**
 * Tables as JSON: numbers as numbers, instants as ISO 8601 in UTC, null where there is no value.
 */
public final class Json {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Json() {}

  /** Puts {@code columns}, an array of names, and {@code rows}, an array of arrays. */
  public static void put(Table table, ObjectNode into) {
    table.names().forEach(into.putArray("columns")::add);
    var rows = into.putArray("rows");
    table.rows().forEach(row -> add(row, rows.addArray()));
  }

  /**
   * One object a line.
   *
   * @param missing what the table lacks, in words; where there is any, the last line is {@code
   *     {"farol.partial":[…]}}
   */
  public static void lines(Table table, List<String> missing, Appendable into) {
    try {
      for (var row : table.rows()) {
        var node = JSON.createObjectNode();
        var cells = add(row, JSON.createArrayNode());
        for (int i = 0; i < row.size(); i++) {
          node.set(table.columns().get(i).name(), cells.get(i));
        }
        into.append(node.toString()).append('\n');
      }
      if (!missing.isEmpty()) {
        var last = JSON.createObjectNode();
        missing.forEach(last.putArray("farol.partial")::add);
        into.append(last.toString()).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArrayNode add(List<Cell> row, ArrayNode into) {
    for (var cell : row) {
      switch (cell) {
        case Cell.Whole(var number) -> into.add(number);
        case Cell.Real(var number) -> into.add(number);
        case Cell.Text _, Cell.Time _, Cell.Place _ -> into.add(cell.text());
        case Cell.Empty _ -> into.addNull();
      }
    }
    return into;
  }
}
