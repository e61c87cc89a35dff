package mo.farol.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mo.farol.event.EventId;

/**
 * One line of a case's history.
 *
 * @param number order of writing
 * @param at when it happened
 * @param kind {@code opened}, {@code alert}, {@code state}, {@code grade}, {@code owner}, {@code
 *     note}, {@code step}, {@code report}
 * @param text for people; may hold text from logs
 * @param by who wrote it, {@code farol} for the centre itself
 * @param events ids it cites
 * @param alert the alert it is about
 */
public record TimelineEntry(
    long number,
    Instant at,
    String kind,
    String text,
    String by,
    List<EventId> events,
    Optional<String> alert) {}
