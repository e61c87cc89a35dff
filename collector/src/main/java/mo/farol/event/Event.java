package mo.farol.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One parsed log line, for a person or a rule that wants to look at it whole.
 *
 * @param id leads back to the frame
 * @param source agency and host
 * @param occurredAt the sender's claim; {@code receivedAt} where it made none
 * @param receivedAt ours
 * @param severity as the sender graded it
 * @param message the text part
 * @param fields ECS names and values in the order the parser found them; repeated values joined by
 *     {@code ", "}
 */
public record Event(
    EventId id,
    Source source,
    Instant occurredAt,
    Instant receivedAt,
    Severity severity,
    String message,
    Map<String, String> fields) {
  public Event {
    fields =
        fields instanceof EventFields
            ? fields
            : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  static Event of(EventBatch batch, int i) {
    var fields = new EventFields(batch, i);
    var origin = batch.origin();
    return new Event(
        new EventId(batch.sequence(i)),
        new Source(origin.agency(), fields.getOrDefault("host.name", origin.peer())),
        Micros.toInstant(batch.occurredAtMicros(i)),
        Micros.toInstant(batch.frames().receivedAtMicros()),
        Severity.ofCode(batch.severity(i)),
        fields.getOrDefault("message", ""),
        fields);
  }
}
