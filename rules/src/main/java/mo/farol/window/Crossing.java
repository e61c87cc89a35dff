package mo.farol.window;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import mo.farol.event.EventId;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;

/**
 * A group of detections that reached its rule's threshold, or went on past it.
 *
 * @param rule the correlation rule
 * @param level as the rule says
 * @param techniques ATT&CK technique ids
 * @param agency agency id
 * @param lane empty for live traffic, else the import's id
 * @param exercise drill data
 * @param group values of the group-by fields, in the rule's order
 * @param fields values every counted event had in common among the fields people look for (host,
 *     user, addresses)
 * @param count events counted in the window
 * @param value what was compared with the threshold: events, distinct values, steps, a sum, a mean,
 *     a percentile, a share in percent, or how many did not come
 * @param firstAt time of the first counted event
 * @param lastAt time of the last; where time alone told, the end of the window
 * @param lastReceivedAt when the last arrived
 * @param events ids of the counted events, at most the newest 1,000
 * @param timed whether it was told since a window was over, and not by an event that came
 * @param overdue whether it comes behind the events it rests on, since time went on or room was
 *     needed: growth that was owed, and what that made of it; they may have been known long before
 * @param partial whether hits of the window had to go since there were too many: then a count is a
 *     lower bound
 */
public record Crossing(
    RuleRef rule,
    Level level,
    List<String> techniques,
    String agency,
    String lane,
    boolean exercise,
    Map<String, String> group,
    Map<String, String> fields,
    long count,
    double value,
    Instant firstAt,
    Instant lastAt,
    Instant lastReceivedAt,
    List<EventId> events,
    boolean timed,
    boolean overdue,
    boolean partial) {

  /** The same, as if it came with its last event. */
  public Crossing prompt() {
    return new Crossing(
        rule,
        level,
        techniques,
        agency,
        lane,
        exercise,
        group,
        fields,
        count,
        value,
        firstAt,
        lastAt,
        lastReceivedAt,
        events,
        timed,
        false,
        partial);
  }
}
