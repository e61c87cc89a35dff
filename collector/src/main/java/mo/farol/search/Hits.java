package mo.farol.search;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Event;

/**
 * Rows found, newest first. Where {@code late}, the time ran out while rows were looked for: those
 * here are without a gap, and {@code next}, or the same question where there is none, asks on from
 * there.
 *
 * @param events this page
 * @param total events that match, or that were counted before the deadline or before counting might
 *     end
 * @param exact whether {@code total} is the whole truth; a page shows "at least" where it is not
 * @param next cursor of the rows after these, empty at the end; where nothing was found because the
 *     time ran out, the one that was asked with
 * @param late whether the time ran out before the page was full or everything was looked at
 * @param took time spent
 */
public record Hits(
    List<Event> events,
    long total,
    boolean exact,
    Optional<String> next,
    boolean late,
    Duration took) {
  public Hits {
    events = List.copyOf(events);
  }
}
