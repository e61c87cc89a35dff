package mo.farol.search;

import java.util.ArrayList;
import java.util.List;
import mo.farol.event.Micros;
import mo.farol.pipe.Columns;
import mo.farol.store.Cell;

/** Cells of an event read back from the journal: its values as they were sent. */
final class EventCells {
  private EventCells() {}

  static List<Cell> of(EventReader.Recalled recalled, List<String> fields) {
    var cells = new ArrayList<Cell>(fields.size());
    for (String field : fields) {
      cells.add(cell(recalled, field));
    }
    return cells;
  }

  private static Cell cell(EventReader.Recalled recalled, String field) {
    var event = recalled.event();
    var origin = recalled.frame().origin();
    return switch (field) {
      case Columns.TIME -> new Cell.Time(Micros.of(event.occurredAt()));
      case "id" -> new Cell.Text(event.id().toString());
      case "agency" -> new Cell.Text(event.source().agency());
      case "severity" -> new Cell.Text(event.severity().word());
      case "host.name" -> text(event.source().host());
      case "message" -> text(event.message());
      case "farol.input" -> text(origin.input());
      case "farol.lane" -> text(origin.isLive() ? "" : origin.lane());
      case "farol.exercise" -> text(origin.exercise() ? "true" : "");
      default -> text(event.fields().getOrDefault(field, ""));
    };
  }

  private static Cell text(String value) {
    return value.isEmpty() ? Cell.Empty.EMPTY : new Cell.Text(value);
  }
}
