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
 * @param value what was compared with the threshold: events, or distinct values
 * @param firstAt time of the first counted event
 * @param lastAt time of the last
 * @param lastReceivedAt when the last arrived
 * @param events ids of the counted events, at most the newest 1,000
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
    long value,
    Instant firstAt,
    Instant lastAt,
    Instant lastReceivedAt,
    List<EventId> events) {}
