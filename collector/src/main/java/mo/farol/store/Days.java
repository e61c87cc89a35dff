package mo.farol.store;

import mo.farol.event.EventBatch;
import mo.farol.event.Origin;

/**
 * The day an event belongs to, counted from 1970-01-01: decided by the event and its frame alone,
 * so that a replay decides the same.
 */
final class Days {
  /** Of a day. */
  static final long SECONDS = 86_400;

  private static final long DAY_MICROS = SECONDS * 1_000_000;

  /** A sender's clock that is further behind or ahead than so many days does not choose the day. */
  private static final int LIVE_DAYS_BACK = 7;

  private static final int DAYS_AHEAD = 1;

  private Days() {}

  static long of(EventBatch batch, int i) {
    return of(batch.origin(), batch.frames().receivedAtMicros(), batch.occurredAtMicros(i));
  }

  static long of(Origin origin, long receivedAtMicros, long occurredAtMicros) {
    long received = Math.floorDiv(receivedAtMicros, DAY_MICROS);
    long day = Math.floorDiv(occurredAtMicros, DAY_MICROS);
    boolean tooOld = origin.isLive() ? day < received - LIVE_DAYS_BACK : day < 0;
    return tooOld || day > received + DAYS_AHEAD ? received : day;
  }
}
