package mo.farol.silence;

import java.util.Optional;

/**
 * How far a sender's clock is off, in microseconds: positive runs ahead. An event is never received
 * before it was sent, so the least delayed of the last minutes tells most; what came late, out of a
 * queue or by a slow net, says nothing about the clock. An event without a time of its own counts
 * as sent when it arrived and tells nothing.
 */
final class Skew {
  private static final long BUCKET = 5 * 60_000_000L;
  private static final long NONE = Long.MIN_VALUE;

  private long bucket = NONE;
  private long current = NONE;
  private long previous = NONE;
  private long last;

  /** As it was before a restart, until something is heard. */
  Skew(long micros) {
    last = micros;
  }

  void hear(long occurredAt, long receivedAt) {
    if (occurredAt == receivedAt) {
      return;
    }
    long now = Math.floorDiv(receivedAt, BUCKET);
    if (now != bucket) {
      previous = now == bucket + 1 ? current : NONE;
      current = NONE;
      bucket = now;
    }
    current = Math.max(current, occurredAt - receivedAt);
    last = Math.max(current, previous);
  }

  /** Our own clock was put back: what it said of others before says nothing. */
  void back() {
    bucket = NONE;
    current = NONE;
    previous = NONE;
  }

  /** The clock as it was told since the start; empty where none was. */
  Optional<Long> told() {
    return bucket == NONE ? Optional.empty() : Optional.of(last);
  }

  long micros() {
    return last;
  }
}
