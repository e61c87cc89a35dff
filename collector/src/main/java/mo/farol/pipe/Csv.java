package mo.farol.pipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mo.farol.store.Cell;

/** Cells of RFC 4180, with {@code '} before what a spreadsheet would take for a formula. */
public final class Csv {
  private static final Pattern HIDDEN = Pattern.compile("(^|[;\t\r\n])([ \"]*)(?=[=+\\-@＝＋－＠])");

  private Csv() {}

  /**
   * A text as one cell for spreadsheets, which may part a line at semicolons or tabs, and read full
   * widths as halves: no such part begins with a formula's sign either.
   */
  public static String guarded(String text) {
    String safe = HIDDEN.matcher(text).replaceAll("$1$2'");
    return cell(safe);
  }

  /** A text as one cell for programs, which is changed at its beginning only. */
  public static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }

  /** The header and every row of a table for spreadsheets, lines ended by CR LF. */
  public static void write(Table table, Appendable into) {
    try {
      into.append(line(table.names().stream().map(Csv::guarded).toList()));
      for (var row : table.rows()) {
        into.append(line(row.stream().map(Csv::cell).toList()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // A number is none of an event's text: a minus before it does no harm.
  private static String cell(Cell cell) {
    return switch (cell) {
      case Cell.Whole _, Cell.Real _ -> cell.text();
      case Cell.Text _, Cell.Time _, Cell.Place _, Cell.Empty _ -> guarded(cell.text());
    };
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(",", "", "\r\n"));
  }
}
