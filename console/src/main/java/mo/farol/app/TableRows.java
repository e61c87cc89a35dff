package mo.farol.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import mo.farol.pipe.Csv;

/** Prints the table that stages of a query made; what is missing goes to standard error. */
final class TableRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WIDEST = 60;

  private final JsonNode answer;
  private final List<String> columns;

  TableRows(JsonNode answer) {
    this.answer = answer;
    columns = list(answer.path("columns")).stream().map(JsonNode::asText).toList();
  }

  /**
   * Prints rows, at most so many; 0 for all.
   *
   * @return how many
   */
  long print(SearchCommand.Format format, long limit, PrintStream out) {
    var all = list(answer.path("rows"));
    var rows = limit > 0 && limit < all.size() ? all.subList(0, (int) limit) : all;
    switch (format) {
      case table -> table(rows, out);
      case jsonl -> rows.forEach(row -> out.println(object(row)));
      case csv -> csv(rows, out);
    }
    System.err.printf(
        "%,d of %,d rows, from %s%,d events%s%n",
        rows.size(),
        answer.path("total").asLong(),
        answer.path("matchedExact").asBoolean(true) ? "" : "at least ",
        answer.path("matched").asLong(),
        rows.size() < all.size() ? more(all.size()) : "");
    answer.path("partial").forEach(why -> System.err.println("not exact: " + why.asText()));
    return rows.size();
  }

  private String more(int most) {
    return most < answer.path("total").asLong()
        ? "; --limit 0 prints %,d, the most there can be".formatted(most)
        : "; --limit 0 prints all";
  }

  private void table(List<JsonNode> rows, PrintStream out) {
    var lines = new ArrayList<List<String>>();
    lines.add(columns.stream().map(Rows::plain).toList());
    rows.forEach(row -> lines.add(list(row).stream().map(cell -> Rows.plain(text(cell))).toList()));
    int[] widths = new int[columns.size()];
    for (var line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Math.min(WIDEST, line.get(i).length()));
      }
    }
    for (int n = 0; n < lines.size(); n++) {
      out.println(line(lines.get(n), n == 0 ? List.of() : list(rows.get(n - 1)), widths));
    }
  }

  // Numbers stand to the right.
  private static String line(List<String> cells, List<JsonNode> values, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      boolean right = i < values.size() && values.get(i).isNumber();
      String room = " ".repeat(Math.max(0, widths[i] - cells.get(i).length()));
      line.append(i == 0 ? "" : "  ");
      line.append(right ? room + cells.get(i) : cells.get(i) + room);
    }
    return line.toString().stripTrailing();
  }

  private void csv(List<JsonNode> rows, PrintStream out) {
    out.println(columns.stream().map(Csv::cell).collect(Collectors.joining(",")));
    for (var row : rows) {
      out.println(
          list(row).stream()
              .map(cell -> cell.isNumber() ? text(cell) : Csv.cell(text(cell)))
              .collect(Collectors.joining(",")));
    }
  }

  private JsonNode object(JsonNode row) {
    var object = JSON.createObjectNode();
    for (int i = 0; i < columns.size(); i++) {
      object.set(columns.get(i), row.path(i));
    }
    return object;
  }

  private static String text(JsonNode cell) {
    return cell.isNull()
        ? ""
        : cell.isNumber() ? cell.decimalValue().toPlainString() : cell.asText();
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
