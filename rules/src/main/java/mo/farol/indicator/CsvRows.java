package mo.farol.indicator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of RFC 4180, cell by cell; empty lines and those that begin with {@code #} are left out, the
 * last of these before the first row is kept, since some feeds write their header so. A cell is cut
 * at 16 KiB, a row at 200 cells. A quote that does not end within 16 KiB and 50 lines costs its
 * line only.
 */
final class CsvRows {
  private static final int CELL = 16 * 1024;
  private static final int CELLS = 200;
  private static final int LINES = 50;
  private static final int OPEN = -2;

  private final BufferedReader reader;
  private String comment = "";
  private boolean isRowSeen;
  private boolean isBroken;
  private int line;
  private int rowLine;

  CsvRows(BufferedReader reader) {
    this.reader = reader;
  }

  /** The line on which the last row began, from 1. */
  int line() {
    return rowLine;
  }

  /** Whether the last row holds a quote that does not end: then there is no row. */
  boolean isBroken() {
    return isBroken;
  }

  /** The last comment before the first row, as a row. */
  List<String> comment() throws IOException {
    var row = new CsvRows(new BufferedReader(new StringReader(comment.strip()))).next();
    return row == null ? List.of() : row;
  }

  /** The next row, or null behind the last. */
  @Nullable List<String> next() throws IOException {
    isBroken = false;
    for (int c = read(); c >= 0; c = read()) {
      rowLine = line + 1;
      if (c == '#') {
        skipComment();
      } else if (c == '\n') {
        line++;
      } else {
        isRowSeen = true;
        return row(c);
      }
    }
    return null;
  }

  private void skipComment() throws IOException {
    var text = new StringBuilder();
    for (int c = read(); c >= 0 && c != '\n'; c = read()) {
      append(text, c);
    }
    line++;
    if (!isRowSeen && text.indexOf(",") >= 0) {
      comment = text.toString();
    }
  }

  private int read() throws IOException {
    int c = reader.read();
    while (c == '\r') {
      c = reader.read();
    }
    return c;
  }

  private List<String> row(int first) throws IOException {
    var cells = new ArrayList<String>();
    var cell = new StringBuilder();
    int c = first;
    while (true) {
      // spaces before a quote stand between cells, not in them
      while (c == ' ' && cell.isEmpty()) {
        c = read();
      }
      c = c == '"' && cell.isEmpty() ? quoted(cell) : c;
      if (c == OPEN) {
        return broken();
      }
      if (c < 0 || c == '\n' || c == ',') {
        if (cells.size() < CELLS) {
          cells.add(cell.toString().strip());
        }
        cell.setLength(0);
        if (c != ',') {
          line++;
          return cells;
        }
      } else {
        append(cell, c);
      }
      c = read();
    }
  }

  // From the quote on to the end of its line: the next row is read anew.
  private List<String> broken() throws IOException {
    isBroken = true;
    int c = reader.read();
    while (c >= 0 && c != '\n') {
      c = reader.read();
    }
    line++;
    return List.of();
  }

  // Behind the opening quote; gives back what follows the closing one, or OPEN where none comes:
  // then
  // it stands behind the opening one again.
  private int quoted(StringBuilder cell) throws IOException {
    reader.mark(4 * CELL);
    int lines = 0;
    for (int read = 0; read < CELL && lines < LINES; read++) {
      int c = reader.read();
      if (c < 0) {
        break;
      }
      if (c == '"') {
        c = read();
        if (c != '"') {
          line += lines;
          return c;
        }
      }
      lines += c == '\n' ? 1 : 0;
      append(cell, c);
    }
    reader.reset();
    return OPEN;
  }

  private static void append(StringBuilder cell, int c) {
    if (cell.length() < CELL) {
      cell.append((char) c);
    }
  }
}
