package mo.farol.indicator;

import java.time.Instant;

/**
 * An indicator was seen.
 *
 * @param field the event's name of the field
 * @param value the field's value as the event has it; bytes of a sender, not to be trusted
 * @param sequence the event's journal sequence
 * @param agency whose event it is
 * @param occurredAt the event's time
 */
public record IndicatorHit(
    Indicator indicator,
    String field,
    String value,
    long sequence,
    String agency,
    Instant occurredAt) {}
