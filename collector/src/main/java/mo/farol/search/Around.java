package mo.farol.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mo.farol.event.Event;
import mo.farol.event.EventId;
import mo.farol.event.Scope;
import mo.farol.store.Clause;
import mo.farol.store.Deadline;
import mo.farol.store.EventIndex;
import mo.farol.store.Found;
import mo.farol.store.Question;
import mo.farol.store.Row;
import mo.farol.store.Side;

/**
 * The lines before and after an event from the same source: the same agency, input and host.
 * Whatever stands between them in the journal, none of another agency is ever read. Any thread.
 */
public final class Around {
  /** Lines of one side at most. */
  public static final int MOST = 1_000;

  private static final long MOST_BYTES = 2L << 20;
  private static final int MOST_ROUNDS = 20;

  /** What before and after mean. */
  public enum Order {
    /** As they were taken into the journal. */
    RECEIVED,
    /** By the time their sender gave them. */
    TIME
  }

  /**
   * What is wanted.
   *
   * @param before lines, 0 to {@link #MOST}
   * @param after lines, 0 to {@link #MOST}
   * @param at another line to count from; empty for the event itself
   */
  public record Asked(Order order, int before, int after, Optional<EventId> at) {
    /** How many sides are looked at: 1 or 2. */
    int sides() {
      return before > 0 && after > 0 ? 2 : 1;
    }
  }

  /**
   * What stands there, oldest first.
   *
   * @param event the one in question
   * @param at the line that was counted from, often the same
   * @param moreBefore whether further lines may stand before the first, or none were asked for
   * @param moreAfter whether further lines may stand after the last, or none were asked for
   * @param exact false where lines may be missing: by arrival those whose own time is more than a
   *     day away were not all looked at, the time ran out, or lines could not be read back
   */
  public record Lines(
      EventReader.Recalled event,
      Event at,
      List<Event> before,
      List<Event> after,
      boolean moreBefore,
      boolean moreAfter,
      boolean exact) {
    public Lines {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  private record Part(List<Event> events, boolean more, boolean exact) {}

  private final EventIndex index;
  private final EventReader reader;

  Around(EventIndex index, EventReader reader) {
    this.index = index;
    this.reader = reader;
  }

  /**
   * The lines around an event; empty where this scope sees no such event, or none to count from.
   *
   * @param limit of one side
   */
  Optional<Lines> of(EventId id, Scope scope, Asked asked, Supplier<Deadline> limit) {
    var event = recall(id.sequence(), -1, scope);
    var at = asked.at().isEmpty() ? event : recall(asked.at().get().sequence(), -1, scope);
    return event.isEmpty() || at.isEmpty()
        ? Optional.empty()
        : Optional.of(lines(event.get(), at.get().event(), scope, asked, limit));
  }

  private Lines lines(
      EventReader.Recalled event, Event at, Scope scope, Asked asked, Supplier<Deadline> limit) {
    var source = new Question(sourceOf(event), scope, Long.MIN_VALUE, Long.MAX_VALUE);
    boolean byTime = asked.order() == Order.TIME;
    var before = part(source, at, byTime ? Side.EARLIER : Side.BEFORE, asked.before(), limit);
    var after = part(source, at, byTime ? Side.LATER : Side.AFTER, asked.after(), limit);
    var oldestFirst = new ArrayList<>(before.events());
    Collections.reverse(oldestFirst);
    return new Lines(
        event,
        at,
        oldestFirst,
        after.events(),
        before.more(),
        after.more(),
        before.exact() && after.exact());
  }

  // Where lines can't be read back, those beyond them are looked for, so that going on outwards
  // never stands still.
  private Part part(Question source, Event at, Side side, int asked, Supplier<Deadline> limit) {
    int wanted = Math.min(asked, MOST);
    var taken = new Taken(wanted);
    if (wanted <= 0) {
      return taken.part(true);
    }
    var deadline = limit.get();
    var of = new Row(Cursor.micros(at.occurredAt()), at.id().sequence(), -1);
    for (int round = 1; ; round++) {
      var found = index.nearest(source, of, side, wanted, deadline);
      boolean isWhole = taken.take(found, source.scope());
      if (!isWhole || taken.isFull() || !found.more() || found.rows().isEmpty()) {
        return taken.part(!isWhole || found.more());
      }
      if (round == MOST_ROUNDS || deadline.isOver()) {
        return taken.part(true);
      }
      of = found.rows().getLast();
    }
  }

  /** Lines of one side, the nearest first, as far as they were read. */
  private final class Taken {
    private final int wanted;
    private final List<Event> events = new ArrayList<>();
    private long size;
    private boolean isExact = true;
    private boolean isPassedOver;

    Taken(int wanted) {
      this.wanted = wanted;
    }

    // Whether every row was looked at; not where there is enough.
    boolean take(Found.Rows found, Scope scope) {
      isExact &= found.exact();
      for (var row : found.rows()) {
        if (isFull() || size > MOST_BYTES) {
          return false;
        }
        var line = recall(row.sequence(), row.position(), scope);
        isPassedOver |= line.isEmpty();
        line.ifPresent(recalled -> events.add(recalled.event()));
        size += line.map(recalled -> recalled.frame().bytes().remaining()).orElse(0);
      }
      return true;
    }

    boolean isFull() {
      return events.size() >= wanted;
    }

    Part part(boolean more) {
      return new Part(events, more, isExact && !isPassedOver);
    }
  }

  private Optional<EventReader.Recalled> recall(long sequence, long position, Scope scope) {
    return reader
        .recall(sequence, position)
        .filter(found -> scope.sees(found.event().source().agency()));
  }

  private static Clause sourceOf(EventReader.Recalled event) {
    var origin = event.frame().origin();
    return new Clause.And(
        List.of(
            new Clause.Term("agency", origin.agency(), 1),
            new Clause.Term("farol.input", origin.input(), 1),
            host(event.event().source().host())));
  }

  // Of several names that one line gives its host, the event holds all, joined.
  private static Clause host(String name) {
    if (name.isEmpty()) {
      return new Clause.Not(new Clause.Exists("host.name", 1));
    }
    var whole = new Clause.Phrase("host.name", name, 1);
    if (!name.contains(", ")) {
      return whole;
    }
    var each = new ArrayList<Clause>();
    for (String part : name.split(", ", -1)) {
      if (!part.isEmpty()) {
        each.add(new Clause.Phrase("host.name", part, 1));
      }
    }
    return each.isEmpty() || each.size() > 20
        ? whole
        : new Clause.Or(List.of(whole, new Clause.And(each)));
  }
}
