package mo.farol.search;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Event;

/**
 * Rows found, newest first.
 *
 * @param events this page
 * @param total events that match, or that were counted before the deadline or before counting might
 *     end
 * @param exact whether {@code total} is the whole truth; a page shows "at least" where it is not
 * @param next cursor of the rows after these, empty at the end
 * @param took time spent
 */
public record Hits(
    List<Event> events, long total, boolean exact, Optional<String> next, Duration took) {
  public Hits {
    events = List.copyOf(events);
  }
}
