package mo.farol.alert;

import java.time.Duration;
import java.time.Instant;

/**
 * What is done no oftener than once in a span. A clock that was put back makes nobody wait until it
 * is there again. One thread at a time.
 */
final class Interval {
  private final Duration span;
  private Instant since = Instant.EPOCH;

  Interval(Duration span) {
    this.span = span;
  }

  /** Whether it is time again. */
  boolean isOver(Instant now) {
    return wentBy(since, now, span);
  }

  /** It is done now. */
  void begin(Instant now) {
    since = now;
  }

  /** Whether a span went by, forwards or backwards. */
  static boolean wentBy(Instant since, Instant now, Duration span) {
    return Duration.between(since, now).abs().compareTo(span) >= 0;
  }
}
