package mo.farol.web;

import java.time.Duration;

/**
 * How slowly an answer may be taken.
 *
 * @param stall how long a reader may take nothing of what is written, 32 KiB at a time
 * @param leastRate bytes a second that a reader takes at least while others wait for a turn
 * @param rateOver how long it may take less
 */
public record SlowReaderLimits(Duration stall, long leastRate, Duration rateOver) {
  /** A minute; 64 KiB a second over half a minute. */
  public static SlowReaderLimits usual() {
    return new SlowReaderLimits(Duration.ofMinutes(1), 64 << 10, Duration.ofSeconds(30));
  }
}
