package mo.farol.page;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Micros;
import mo.farol.pipe.Table;
import mo.farol.search.Splitting;
import mo.farol.store.Cell;

/**
 * The addresses of the events behind each cell of a table, 4 MiB of them at most: each has the
 * whole query in it. Belongs to one page.
 */
final class TableLinks {
  private static final long MOST_CHARACTERS = 4L << 20;

  /** Bytes of a value that the index compares whole; a longer one leads nowhere. */
  private static final int LONGEST = 250;

  private final Table table;
  private final SearchPage.Question question;
  private final String clause;
  private long left = MOST_CHARACTERS;

  TableLinks(Table table, SearchPage.Question question) {
    this.table = table;
    this.question = question;
    this.clause = Splitting.clause(question.q());
  }

  /** Whether none was left out for its length. */
  boolean areAll() {
    return left >= 0;
  }

  /** One for each cell of a row, empty where there are no events that it alone leads to. */
  List<Optional<String>> of(List<Cell> row) {
    var links = new ArrayList<Optional<String>>(row.size());
    Optional<String> ofMeasures = Optional.empty();
    boolean isKnown = false;
    for (int i = 0; i < row.size(); i++) {
      if (table.columns().get(i).kind() != Table.Kind.MEASURE) {
        links.add(charged(areAll() ? events(row, i, i + 1) : Optional.empty()));
        continue;
      }
      if (!isKnown && areAll()) {
        ofMeasures = events(row, 0, row.size());
        isKnown = true;
      }
      links.add(charged(ofMeasures));
    }
    return links;
  }

  private Optional<String> charged(Optional<String> link) {
    left -= areAll() ? link.map(String::length).orElse(0) : 0;
    return areAll() ? link : Optional.empty();
  }

  /** The events that have the values of some columns, as far as those are values of events. */
  private Optional<String> events(List<Cell> row, int from, int to) {
    String query = clause;
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
}
