package mo.farol.indicator;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of RFC 4180, cell by cell; empty lines and those that begin with {@code #} are left out. A
 * cell is cut at 16 KiB, a row at 200 cells.
 */
final class CsvRows {
  private static final int CELL = 16 * 1024;
  private static final int CELLS = 200;

  private final BufferedReader reader;
  private int line;
  private int rowLine;

  CsvRows(BufferedReader reader) {
    this.reader = reader;
  }

  /** The line on which the last row began, from 1. */
  int line() {
    return rowLine;
  }

  /** The next row, or null behind the last. */
  @Nullable List<String> next() throws IOException {
    for (int c = read(); c >= 0; c = read()) {
      rowLine = line + 1;
      if (c == '#') {
        while (c >= 0 && c != '\n') {
          c = read();
        }
        line++;
      } else if (c == '\n') {
        line++;
      } else {
        return row(c);
      }
    }
    return null;
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

  // Behind the opening quote; gives back what follows the closing one.
  private int quoted(StringBuilder cell) throws IOException {
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      if (c == '"') {
        c = read();
        if (c != '"') {
          return c;
        }
      }
      line += c == '\n' ? 1 : 0;
      append(cell, c);
    }
    return -1;
  }

  private static void append(StringBuilder cell, int c) {
    if (cell.length() < CELL) {
      cell.append((char) c);
    }
  }
}
