package mo.farol.search;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.store.ClauseFault;
import mo.farol.store.Deadline;
import mo.farol.store.EventIndex;
import mo.farol.store.Found;
import mo.farol.store.Question;
import mo.farol.store.Row;

/**
 * Every event that matches, newest first, one at a time: rows are found some thousands at once and
 * nothing else is held. What became searchable after this was made is not among them, so that
 * events that arrive meanwhile shift nothing. Belongs to one thread.
 */
public final class Harvest {
  private static final int ROWS = 4_000;

  private final EventIndex index;
  private final EventReader reader;
  private final Question question;
  private final Duration patience;
  private final long end;
  private final ArrayDeque<Row> rows = new ArrayDeque<>();
  private Optional<Row> last = Optional.empty();
  private boolean isAtEnd;
  private boolean isOverdue;
  private long unread;

  /**
   * @param patience how long the next rows may be looked for
   */
  Harvest(EventIndex index, EventReader reader, Question question, Duration patience) {
    this.index = index;
    this.reader = reader;
    this.question = question;
    this.patience = patience;
    this.end = index.searchable();
  }

  /** The full name of a field that people call by a short one; any other as it is. */
  public static String named(String field) {
    return Names.canonical(field);
  }

  /** Whether more events match than so many; up to ten seconds are spent on it. */
  public boolean hasMoreThan(long count) {
    var within = Deadline.in(Duration.ofSeconds(10));
    return found(1, count + 1, Optional.empty(), within).total() > count;
  }

  /** The next event; empty at the end, or where nothing more is to be had: see {@link #missing}. */
  public Optional<EventReader.Recalled> next() {
    while (true) {
      var row = rows.poll();
      if (row == null) {
        if (isAtEnd) {
          return Optional.empty();
        }
        refill();
        continue;
      }
      var found =
          reader
              .recall(row.sequence(), row.position())
              .filter(r -> question.scope().sees(r.event().source().agency()));
      if (found.isPresent()) {
        return found;
      }
      unread++;
    }
  }

  /** What is not among the events so far though it matches, in words; empty where nothing is. */
  public List<String> missing() {
    var missing = new ArrayList<String>();
    if (isOverdue) {
      missing.add(
          "the next rows were not found within %d seconds: older ones are missing"
              .formatted(patience.toSeconds()));
    }
    if (unread > 0) {
      missing.add(
          "%,d events could not be read back; their frames are no longer kept, or damaged"
              .formatted(unread));
    }
    return missing;
  }

  private void refill() {
    var found = found(ROWS, 0, last, Deadline.in(patience));
    for (var row : found.rows()) {
      if (row.sequence() < end) {
        rows.add(row);
      }
    }
    if (!found.rows().isEmpty()) {
      last = Optional.of(found.rows().getLast());
    }
    isOverdue = found.rows().isEmpty() && !found.exact();
    isAtEnd = isOverdue || found.exact() && !found.more();
  }

  private Found.Rows found(int limit, long countTo, Optional<Row> after, Deadline within) {
    try {
      return index.newest(question, limit, countTo, after, within);
    } catch (ClauseFault e) {
      throw new QueryFault(e.column(), String.valueOf(e.getMessage()));
    }
  }
}
