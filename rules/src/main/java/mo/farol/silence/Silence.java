package mo.farol.silence;

import java.time.Duration;
import java.time.Instant;
import mo.farol.event.Source;

/**
 * A source past its expected cadence.
 *
 * @param source who has gone quiet
 * @param lastAt when it was last heard (time of receipt)
 * @param lastSequence journal sequence of the last event heard
 * @param expected longest pause that would have been usual
 * @param noticedAt when the pause was found too long
 * @param wholeAgency whether every source of the agency is quiet
 */
public record Silence(
    Source source,
    Instant lastAt,
    long lastSequence,
    Duration expected,
    Instant noticedAt,
    boolean wholeAgency) {}
