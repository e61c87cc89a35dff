package mo.farol.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import mo.farol.event.Micros;

/**
 * Where a sender's clock was, and whether it went away from there, by a jump or little by little. A
 * clock that was always wrong by the same is no drift, nor one that is put right; what comes late
 * out of a queue is none either, so one that runs behind must do so for an hour. Guarded by its
 * owner's lock.
 */
final class Drift {
  private static final long MINUTE = 60_000_000L;
  private static final long LIMIT = MINUTE;
  private static final long SETTLED = 30 * MINUTE;
  private static final long AHEAD = 10 * MINUTE;
  private static final long BEHIND = 60 * MINUTE;
  private static final long FOLLOWS = 7 * 24 * 60 * MINUTE;
  // Who was not heard for longer is looked at anew.
  private static final long GAP = 15 * MINUTE;
  private static final long NONE = Long.MIN_VALUE;
  private static final double SECOND = 1_000_000.0;

  // Where the clock was, once it is known.
  private long anchor = NONE;
  private long firstAt = NONE;
  private long offAt = NONE;
  private long lookedAt = NONE;
  // The least delayed that was heard until it is known.
  private long best = NONE;

  /**
   * Looks at a clock that was heard lately.
   *
   * @param skew sender's clock minus ours in microseconds
   */
  Optional<Trouble> look(long skew, long now) {
    if (lookedAt != NONE && now - lookedAt > GAP) {
      offAt = NONE;
    }
    lookedAt = now;
    if (firstAt == NONE) {
      firstAt = now;
    }
    if (anchor == NONE) {
      best = Math.max(best, skew);
      if (now - firstAt >= SETTLED) {
        anchor = best;
      }
      return Optional.empty();
    }
    long off = skew - anchor;
    if (Math.abs(off) <= LIMIT) {
      offAt = NONE;
      return Optional.empty();
    }
    if (offAt == NONE) {
      offAt = now;
    }
    return now - offAt < (off > 0 ? AHEAD : BEHIND) ? Optional.empty() : drift(skew, now);
  }

  private Optional<Trouble> drift(long skew, long now) {
    if (Math.abs(skew) <= LIMIT && Math.abs(anchor) > LIMIT) {
      anchor = skew; // was wrong, and was put right
      offAt = NONE;
      return Optional.empty();
    }
    var drift =
        new Trouble(
            Trouble.Kind.DRIFT, Micros.toInstant(offAt), "", anchor / SECOND, skew / SECOND, false);
    if (now - offAt >= FOLLOWS) {
      anchor = skew;
      offAt = NONE;
    }
    return Optional.of(drift);
  }

  /** Our own clock was ahead and was put back. */
  void back(long now) {
    firstAt = Math.min(firstAt, now);
    offAt = NONE;
    lookedAt = NONE;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(anchor);
    out.writeLong(firstAt);
    out.writeLong(offAt);
  }

  void read(DataInput in) throws IOException {
    anchor = in.readLong();
    firstAt = in.readLong();
    offAt = in.readLong();
  }
}
