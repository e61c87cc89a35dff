package mo.farol.alert;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tables as people keep them: CSV of RFC 4180 (UTF-8, comma or semicolon), or XLSX. Values only,
 * and bounded: what a table could make a reader do is refused.
 */
final class SheetFile {
  static final int BYTES = 4 * 1024 * 1024;
  static final int ROWS = 5_000;
  static final int COLUMNS = 60;
  static final int CELL = 1_000;

  private SheetFile() {}

  /**
   * One row.
   *
   * @param number from 1, as spreadsheets count
   */
  record Row(int number, List<String> cells) {
    boolean isBlank() {
      return cells.stream().allMatch(String::isBlank);
    }
  }

  /**
   * One table; rows that are blank or begin with {@code #} are left out.
   *
   * @param name of the sheet, empty for CSV
   */
  record Sheet(String name, List<Row> rows) {}

  /** What a table may not hold, and where. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int row;

    Refused(int row, String reason) {
      super(reason);
      this.row = row;
    }

    DrlFault in(String file) {
      return new DrlFault(file, row, String.valueOf(getMessage()));
    }
  }

  static boolean isOne(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return (name.endsWith(".csv") || name.endsWith(".xlsx")) && !name.startsWith("~");
  }

  /**
   * The tables of a file.
   *
   * @throws Refused with the row where there is one
   */
  static List<Sheet> read(Path file) throws IOException {
    mustFit(Files.size(file));
    byte[] bytes = Files.readAllBytes(file);
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".xlsx")
        ? XlsxFile.read(bytes)
        : List.of(new Sheet("", csv(text(bytes))));
  }

  /** Refuses a table of more bytes than are read. */
  static void mustFit(long bytes) {
    if (bytes > BYTES) {
      throw new Refused(0, "the file is larger than 4 MiB");
    }
  }

  private static String text(byte[] bytes) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new Refused(0, "the file is not UTF-8; save it as 'CSV UTF-8'");
    }
  }

  /** The rows of a CSV text. */
  static List<Row> csv(String text) {
    char comma = separator(text);
    var rows = new ArrayList<Row>();
    var cells = new ArrayList<String>();
    var cell = new StringBuilder();
    int line = 1;
    int rowLine = 1;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line += c == '\n' ? 1 : 0;
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (quoted || c != comma && c != '\n' && c != '\r') {
        add(cell, c, rowLine);
      } else if (c == comma) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else if (c == '\n') {
        end(rows, cells, cell, rowLine);
        rowLine = line;
      }
    }
    if (quoted) {
      throw new Refused(rowLine, "a quote without its end");
    }
    end(rows, cells, cell, rowLine);
    return rows;
  }

  private static void add(StringBuilder cell, char c, int row) {
    if (cell.length() >= CELL) {
      throw new Refused(row, "a cell of more than 1,000 letters");
    }
    cell.append(c);
  }

  private static void end(List<Row> rows, List<String> cells, StringBuilder cell, int number) {
    cells.add(cell.toString());
    cell.setLength(0);
    keep(rows, new Row(number, List.copyOf(cells)));
    cells.clear();
  }

  /** Keeps a row that says something. */
  static void keep(List<Row> rows, Row row) {
    if (row.cells().size() > COLUMNS || rows.size() >= ROWS) {
      throw new Refused(row.number(), "more than 60 columns or 5,000 rows");
    }
    if (!row.isBlank() && !row.cells().getFirst().startsWith("#")) {
      rows.add(row);
    }
  }

  // Spreadsheets of countries with a decimal comma write semicolons.
  static char separator(String text) {
    String first =
        text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).findFirst().orElse("");
    return first.chars().filter(c -> c == ';').count() > first.chars().filter(c -> c == ',').count()
        ? ';'
        : ',';
  }
}
