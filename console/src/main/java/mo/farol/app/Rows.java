package mo.farol.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import mo.farol.event.Printable;
import mo.farol.pipe.Csv;

/**
 * Ways to print an event on a terminal or into a file. Log text is hostile: control characters
 * never reach a terminal.
 */
final class Rows {
  private static final List<String> COLUMNS =
      List.of(
          "@timestamp", "agency", "host.name", "event.action", "user.name", "source.ip", "message");

  private Rows() {}

  static Consumer<JsonNode> of(SearchCommand.Format format, PrintStream out) {
    return switch (format) {
      case table ->
          event ->
              out.println(
                  COLUMNS.stream()
                      .map(c -> plain(value(event, c)))
                      .collect(Collectors.joining("  ")));
      case jsonl -> event -> out.println(event);
      case csv -> csv(out);
    };
  }

  private static Consumer<JsonNode> csv(PrintStream out) {
    out.println(String.join(",", COLUMNS));
    return event ->
        out.println(
            COLUMNS.stream().map(c -> Csv.cell(value(event, c))).collect(Collectors.joining(",")));
  }

  private static String value(JsonNode event, String column) {
    var direct = event.path(column);
    return direct.isMissingNode() ? event.path("fields").path(column).asText("") : direct.asText();
  }

  /** Control and direction-changing characters as escapes. */
  static String plain(String text) {
    return Printable.line(text);
  }
}
