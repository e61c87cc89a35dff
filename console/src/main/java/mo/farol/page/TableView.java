package mo.farol.page;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import mo.farol.event.Micros;
import mo.farol.pipe.Table;
import mo.farol.search.Answer;
import mo.farol.search.Splitting;
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
 */
public record TableView(
    List<Column> columns,
    List<List<Item>> rows,
    long total,
    long matched,
    boolean counted,
    List<Partial> partial,
    Duration took) {
  /** Rows that a screen shows. */
  static final int ROWS = 1_000;

  /** Bytes of a value that the index compares whole; a longer one leads nowhere. */
  private static final int LONGEST = 250;

  private static final Pattern PLAIN =
      Pattern.compile("[\\p{L}\\p{N}_.@-]+(\\([\\p{L}\\p{N}_.@-]+\\))?");
  private static final Pattern SORTED = Pattern.compile("(?s)(.*)\\|\\s*sort\\s+([^,|]+)");

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
    for (int i = 0; i < table.columns().size(); i++) {
      columns.add(column(table, i, question));
    }
    var rows = table.rows().stream().map(row -> items(table, row, question)).toList();
    return new TableView(
        columns,
        rows,
        answer.total(),
        answer.matched(),
        answer.counted(),
        answer.partial(),
        answer.took());
  }

  private static Column column(Table table, int i, SearchPage.Question question) {
    String name = table.columns().get(i).name();
    String written =
        PLAIN.matcher(name).matches()
            ? name
            : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    var before = SORTED.matcher(question.q());
    boolean isSorted = before.matches();
    String last = isSorted ? before.group(2).strip() : "";
    String sorted =
        last.equals(written) ? "ascending" : last.equals("-" + written) ? "descending" : "";
    String rest = isSorted ? before.group(1).strip() : question.q().strip();
    boolean number = table.rows().stream().anyMatch(row -> isNumber(row.get(i)));
    boolean down = sorted.isEmpty() ? number : sorted.equals("ascending");
    return new Column(
        name, number, question.with("q", rest + " | sort " + (down ? "-" : "") + written), sorted);
  }

  private static List<Item> items(Table table, List<Cell> row, SearchPage.Question question) {
    var items = new ArrayList<Item>();
    for (int i = 0; i < row.size(); i++) {
      var cell = row.get(i);
      var link =
          switch (table.columns().get(i).kind()) {
            case FIELD, BIN -> events(table, row, i, i + 1, question);
            case MEASURE -> events(table, row, 0, row.size(), question);
          };
      items.add(new Item(text(cell), isNumber(cell), link));
    }
    return items;
  }

  /** The events that have the values of some columns, as far as those are values of events. */
  private static Optional<String> events(
      Table table, List<Cell> row, int from, int to, SearchPage.Question question) {
    String query = Splitting.clause(question.q());
    var when = question;
    boolean narrower = false;
    for (int i = from; i < to; i++) {
      var column = table.columns().get(i);
      var cell = row.get(i);
      if (column.kind() == Table.Kind.MEASURE) {
        continue;
      }
      if (cell instanceof Cell.Time(var micros)) {
        when = between(micros, Math.max(column.widthMicros(), 1), when);
      } else if (cell.text().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
        return Optional.empty();
      } else {
        query = Splitting.narrowed(query, clause(column.field(), cell));
      }
      narrower = true;
    }
    return narrower ? Optional.of(when.with("q", query)) : Optional.empty();
  }

  private static String clause(String field, Cell cell) {
    return cell.isThere()
        ? Splitting.clause(field, cell.text())
        : "NOT " + Splitting.escaped(field) + ":*";
  }

  private static SearchPage.Question between(
      long micros, long width, SearchPage.Question question) {
    var from = latest(Micros.toInstant(micros), question.from());
    var to = Micros.toInstant(micros + width);
    return new SearchPage.Question(
        question.q(), "", from, to.isAfter(question.to()) ? question.to() : to, true);
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
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
