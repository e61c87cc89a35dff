package mo.farol.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import mo.farol.event.Micros;
import mo.farol.pipe.Table;
import mo.farol.search.Answer;
import mo.farol.store.Cell;
import mo.farol.store.Partial;

/**
 * The table that a query's stages made, as a screen shows it: each column sorts, each cell leads to
 * the events behind it.
 *
 * @param rows at most a thousand
 * @param total how many rows there are
 * @param matched events that the stages began with
 * @param counted whether {@code matched} is all of them
 * @param partial in which ways the table is not the whole truth
 * @param linked whether every cell leads to its events as far as it can; false where the addresses
 *     would be too long together
 */
public record TableView(
    List<Column> columns,
    List<List<Item>> rows,
    long total,
    long matched,
    boolean counted,
    List<Partial> partial,
    boolean linked,
    Duration took) {
  /** Rows that a screen shows. */
  static final int ROWS = 1_000;

  private static final Pattern PLAIN =
      Pattern.compile("[\\p{L}\\p{N}_.@-]+(\\([\\p{L}\\p{N}_.@-]+\\))?");
  private static final Pattern SORTED =
      Pattern.compile("(?s)(.*)\\|\\s*+sort\\s++([^\\s,|][^,|]*+)");

  /**
   * One column.
   *
   * @param sort the address of the table sorted by it
   * @param sorted {@code ascending}, {@code descending}, or empty where it isn't
   */
  public record Column(String name, boolean number, String sort, String sorted) {}

  /**
   * One cell.
   *
   * @param link the address of the events behind it, empty where there is none
   */
  public record Item(String text, boolean number, Optional<String> link) {}

  static TableView of(Answer.Rows answer, SearchPage.Question question) {
    var table = answer.table();
    var columns = new ArrayList<Column>();
    var before = SORTED.matcher(question.q());
    boolean isSorted = before.matches();
    String last = isSorted ? before.group(2).strip() : "";
    String rest = isSorted ? before.group(1).strip() : question.q().strip();
    for (int i = 0; i < table.columns().size(); i++) {
      columns.add(column(table, i, question, last, rest));
    }
    var links = new TableLinks(table, question);
    var rows = table.rows().stream().map(row -> items(row, links)).toList();
    return new TableView(
        columns,
        rows,
        answer.total(),
        answer.matched(),
        answer.counted(),
        answer.partial(),
        links.areAll(),
        answer.took());
  }

  private static Column column(
      Table table, int i, SearchPage.Question question, String last, String rest) {
    String name = table.columns().get(i).name();
    String written =
        PLAIN.matcher(name).matches()
            ? name
            : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    String sorted =
        last.equals(written) ? "ascending" : last.equals("-" + written) ? "descending" : "";
    boolean number = table.rows().stream().anyMatch(row -> isNumber(row.get(i)));
    boolean down = sorted.isEmpty() ? number : sorted.equals("ascending");
    return new Column(
        name, number, question.with("q", rest + " | sort " + (down ? "-" : "") + written), sorted);
  }

  private static List<Item> items(List<Cell> row, TableLinks links) {
    var items = new ArrayList<Item>();
    var found = links.of(row);
    for (int i = 0; i < row.size(); i++) {
      items.add(new Item(text(row.get(i)), isNumber(row.get(i)), found.get(i)));
    }
    return items;
  }

  private static boolean isNumber(Cell cell) {
    return cell instanceof Cell.Whole || cell instanceof Cell.Real;
  }

  private static String text(Cell cell) {
    return switch (cell) {
      case Cell.Whole(var number) -> Shown.count(number);
      case Cell.Time(var micros) -> Shown.time(Micros.toInstant(micros));
      case Cell.Text(var text) -> Shown.log(text, 300);
      case Cell.Real _, Cell.Place _, Cell.Empty _ -> cell.text();
    };
  }
}
