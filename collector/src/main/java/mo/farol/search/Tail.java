package mo.farol.search;

import java.util.List;
import java.util.Optional;
import mo.farol.event.Event;
import mo.farol.event.Scope;
import mo.farol.store.Clause;

/**
 * Follows a query. Asks the index for what came into the journal since it asked last, by sequence:
 * so every event that matches is told once, whatever time it claims, and none between two
 * questions. Holds no more than where it stands. Belongs to one thread.
 */
public final class Tail {
  private static final int MOST = 200;

  /**
   * What came since the part before.
   *
   * @param events that match, in the order in which they came; of many those of the newest time
   * @param more that match and are not among these
   * @param next where the next part begins; a tail that is begun there goes on without a gap
   * @param exact whether all were looked at: a query that takes too long leaves some out
   */
  public record Part(List<Event> events, long more, long next, boolean exact) {
    public Part {
      events = List.copyOf(events);
    }
  }

  private final Search search;
  private final Asker asker;
  private final String query;
  private final Clause clause;
  private final Scope scope;
  private long next;
  private boolean isLost;

  /**
   * @param isLost whether it was to go on from where nobody knows: its first part says so
   */
  Tail(
      Search search,
      Asker asker,
      String query,
      Clause clause,
      Scope scope,
      long next,
      boolean isLost) {
    this.search = search;
    this.asker = asker;
    this.query = query;
    this.clause = clause;
    this.scope = scope;
    this.next = next;
    this.isLost = isLost;
  }

  /** Where the next part begins. */
  public long at() {
    return next;
  }

  /**
   * What came since; empty where nothing did, whether it would match or not. Throws {@link Busy}
   * and {@link Cancelled}; asked again, it loses nothing.
   */
  public Optional<Part> next() {
    if (isLost) {
      isLost = false;
      return Optional.of(new Part(List.of(), 0, next, false));
    }
    long until = search.searchable();
    if (until <= next) {
      return Optional.empty();
    }
    var part =
        search.run(asker, query, questions -> questions.arrived(clause, scope, next, until, MOST));
    next = until;
    return Optional.of(part);
  }
}
