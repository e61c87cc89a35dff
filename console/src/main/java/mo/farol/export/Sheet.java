package mo.farol.export;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import mo.farol.pipe.Csv;
import mo.farol.search.EventReader;

/** Writes events, one after the other. */
interface Sheet {
  /** What stands before the first. */
  void begin() throws IOException;

  void add(EventReader.Recalled event) throws IOException;

  /**
   * What stands after the last.
   *
   * @param missing what is not there though it was asked for, in words
   * @return whether the file says so itself
   */
  boolean end(List<String> missing) throws IOException;

  static Sheet of(ExportRequest export, Writer out) {
    return switch (export.format()) {
      case CSV -> new CsvSheet(export, out);
      case JSONL -> new JsonSheet(export.fields(), out);
    };
  }

  /** One line of cells for each; says nothing at its end, for a cell may be anybody's text. */
  final class CsvSheet implements Sheet {
    private final List<String> columns;
    private final boolean marked;
    private final Writer out;

    CsvSheet(ExportRequest export, Writer out) {
      columns = export.fields().isEmpty() ? EventValues.USUAL : export.fields();
      marked = export.marked();
      this.out = out;
    }

    @Override
    public void begin() throws IOException {
      if (marked) {
        out.write('\uFEFF');
      }
      line(columns);
    }

    @Override
    public void add(EventReader.Recalled event) throws IOException {
      line(columns.stream().map(column -> EventValues.value(event, column)).toList());
    }

    @Override
    public boolean end(List<String> missing) {
      return missing.isEmpty();
    }

    private void line(List<String> cells) throws IOException {
      out.write(cells.stream().map(this::cell).collect(Collectors.joining(",", "", "\r\n")));
    }

    private String cell(String text) {
      return marked ? Csv.guarded(text) : Csv.cell(text);
    }
  }

  /** One object a line; the last says what is missing. */
  final class JsonSheet implements Sheet {
    private final List<String> names;
    private final Writer out;

    JsonSheet(List<String> names, Writer out) {
      this.names = names;
      this.out = out;
    }

    @Override
    public void begin() {}

    @Override
    public void add(EventReader.Recalled event) throws IOException {
      var node = names.isEmpty() ? EventValues.tree(event.event()) : EventValues.tree(event, names);
      out.write(node.toString());
      out.write('\n');
    }

    @Override
    public boolean end(List<String> missing) throws IOException {
      if (!missing.isEmpty()) {
        out.write(EventValues.partial(missing).toString());
        out.write('\n');
      }
      return true;
    }
  }
}
