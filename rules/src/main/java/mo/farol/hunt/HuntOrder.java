package mo.farol.hunt;

import java.time.Duration;
import mo.farol.event.Scope;

/**
 * One hunt.
 *
 * @param target what for
 * @param scope whose events may be seen; enforced in the index, and again on what is read back
 * @param fromMicros first event time, inclusive; {@link Long#MIN_VALUE} for all history
 * @param toMicros last, exclusive; {@link Long#MAX_VALUE} for all
 * @param time it may take, the wait for its turns included
 */
public record HuntOrder(
    HuntTarget target, Scope scope, long fromMicros, long toMicros, Duration time) {}
