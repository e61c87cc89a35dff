package mo.farol.search;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import mo.farol.event.Scope;
import mo.farol.store.ClauseFault;
import mo.farol.store.Found;
import mo.farol.store.Row;

/**
 * Every event that matches, newest first, one at a time: rows are found some thousands at once and
 * nothing else is held. What became searchable after this was made is not among them, so that
 * events that arrive meanwhile shift nothing. Belongs to one thread.
 */
public final class Harvest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Asks for a page of rows. */
  interface Finder {
    Found.Rows find(int limit, long countTo, Optional<Row> after, Duration patience);
  }

  private final EventReader reader;
  private final Scope scope;
  private final long end;
  private final int page;
  private final Finder finder;
  private final ArrayDeque<Row> rows = new ArrayDeque<>();
  private Optional<Row> last = Optional.empty();
  private final LongSupplier replaced;
  private final long replacedBefore;
  private boolean isAtEnd;
  private boolean isOverdue;
  private int days;
  private long unread;

  /**
   * @param end events from this sequence on are left out
   * @param page rows found at once
   * @param finder counts only what stands before {@code end}
   * @param replaced how many of the events asked about were replaced so far
   */
  Harvest(
      EventReader reader, Scope scope, long end, int page, Finder finder, LongSupplier replaced) {
    this.reader = reader;
    this.scope = scope;
    this.end = end;
    this.page = page;
    this.finder = finder;
    this.replaced = replaced;
    replacedBefore = replaced.getAsLong();
  }

  /** The full name of a field that people call by a short one; any other as it is. */
  public static String named(String field) {
    return Names.canonical(field);
  }

  /**
   * Whether more events surely match than so many; up to ten seconds are spent on it. Where those
   * are not enough, only {@link #next} can tell.
   */
  public boolean hasMoreThan(long count) {
    return found(1, count + 1, Optional.empty(), Duration.ofSeconds(10)).total() > count;
  }

  /**
   * The next event; empty at the end, or where nothing more is to be had: see {@link #missing}.
   * Empty also where none of one page of rows could be read back, so that the caller may look at
   * its clock: see {@link #isOver}.
   */
  public Optional<EventReader.Recalled> next() {
    boolean isRefilled = false;
    while (true) {
      var row = rows.poll();
      if (row == null) {
        if (isAtEnd || isRefilled) {
          return Optional.empty();
        }
        refill();
        isRefilled = true;
        continue;
      }
      var found =
          reader
              .recall(row.sequence(), row.position())
              .filter(r -> scope.sees(r.event().source().agency()));
      if (found.isPresent()) {
        return found;
      }
      unread++;
    }
  }

  /** Whether there is no next event. */
  public boolean isOver() {
    return isAtEnd && rows.isEmpty();
  }

  /** What is not among the events so far though it matches, in words; empty where nothing is. */
  public List<String> missing() {
    var missing = new ArrayList<String>();
    if (isOverdue) {
      missing.add(
          "the next rows were not found within %d seconds: older ones are missing"
              .formatted(PATIENCE.toSeconds()));
    }
    if (days > 0) {
      missing.add(
          days == 1
              ? "a day of the index was being made again: events of it are missing"
              : "%d days of the index were being made again: events of theirs are missing"
                  .formatted(days));
    }
    if (replaced.getAsLong() > replacedBefore) {
      missing.add(
          "frames were read again meanwhile: their events may be here twice, or not at all; ask"
              + " again for a whole answer");
    }
    if (unread > 0) {
      missing.add(
          "%,d events could not be read back; their frames are no longer kept, or damaged"
              .formatted(unread));
    }
    return missing;
  }

  private void refill() {
    var found = found(page, 0, last, PATIENCE);
    for (var row : found.rows()) {
      if (row.sequence() < end) {
        rows.add(row);
      }
    }
    if (!found.rows().isEmpty()) {
      last = Optional.of(found.rows().getLast());
    }
    days = Math.max(days, found.missing());
    isOverdue = found.rows().isEmpty() && !found.whole();
    isAtEnd = isOverdue || !found.more();
  }

  private Found.Rows found(int limit, long countTo, Optional<Row> after, Duration patience) {
    try {
      return finder.find(limit, countTo, after, patience);
    } catch (ClauseFault e) {
      throw new QueryFault(e.column(), String.valueOf(e.getMessage()));
    }
  }
}
