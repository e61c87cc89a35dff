package mo.farol.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as a long for the hot path: microseconds since 1970-01-01T00:00Z. */
public final class Micros {
  /** No time known. */
  public static final long NONE = Long.MIN_VALUE;

  private Micros() {}

  /** Microseconds of an instant; what is finer is cut off. */
  public static long of(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** The instant of a count of microseconds. */
  public static Instant toInstant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
