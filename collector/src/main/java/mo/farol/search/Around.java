package mo.farol.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Event;
import mo.farol.event.EventId;
import mo.farol.event.Scope;
import mo.farol.store.Clause;
import mo.farol.store.Deadline;
import mo.farol.store.EventIndex;
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
  public record Asked(Order order, int before, int after, Optional<EventId> at) {}

  /**
   * What stands there, oldest first.
   *
   * @param event the one in question
   * @param at the line that was counted from, often the same
   * @param moreBefore whether further lines stand before the first, or none were asked for
   * @param moreAfter whether further lines stand after the last, or none were asked for
   * @param exact false where lines may be missing: by arrival those whose own time is more than a
   *     day away were not all looked at, or the time ran out
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
   */
  Optional<Lines> of(EventId id, Scope scope, Asked asked, Deadline limit) {
    var event = recall(id.sequence(), -1, scope);
    var at = asked.at().isEmpty() ? event : recall(asked.at().get().sequence(), -1, scope);
    return event.isEmpty() || at.isEmpty()
        ? Optional.empty()
        : Optional.of(lines(event.get(), at.get().event(), scope, asked, limit));
  }

  private Lines lines(
      EventReader.Recalled event, Event at, Scope scope, Asked asked, Deadline limit) {
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

  private Part part(Question source, Event at, Side side, int wanted, Deadline limit) {
    if (wanted <= 0) {
      return new Part(List.of(), true, true);
    }
    var of = new Row(Cursor.micros(at.occurredAt()), at.id().sequence(), -1);
    var found = index.nearest(source, of, side, Math.min(wanted, MOST), limit);
    var events = new ArrayList<Event>();
    long size = 0;
    for (var row : found.rows()) {
      var line = recall(row.sequence(), row.position(), source.scope());
      line.ifPresent(recalled -> events.add(recalled.event()));
      size += line.map(recalled -> recalled.frame().bytes().remaining()).orElse(0);
      if (size > MOST_BYTES) {
        return new Part(events, true, found.exact());
      }
    }
    return new Part(events, found.more(), found.exact());
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
