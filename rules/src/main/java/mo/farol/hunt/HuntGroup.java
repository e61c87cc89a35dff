package mo.farol.hunt;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.EventId;

/**
 * A group of a correlation that crossed, from the window in which it did to the last one that held
 * on.
 *
 * @param values of the group-by fields, in the rule's order; of kinds that look at each value, that
 *     value too
 * @param lane empty for live traffic, else the import's id
 * @param exercise drill data
 * @param count events in the fullest of its windows
 * @param value the figure that was compared there
 * @param firstAt time of the first counted event
 * @param lastAt time of the last; where time alone told, the end of the window
 * @param events ids of the newest that were counted, at most {@link #MOST_EVENTS}
 * @param isLeast whether events had to go, so that the count is a lower bound
 */
public record HuntGroup(
    Map<String, String> values,
    String lane,
    boolean exercise,
    long count,
    double value,
    Instant firstAt,
    Instant lastAt,
    List<EventId> events,
    boolean isLeast) {
  /** Ids that are kept. */
  public static final int MOST_EVENTS = 20;

  public HuntGroup {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    events = List.copyOf(events);
  }
}
