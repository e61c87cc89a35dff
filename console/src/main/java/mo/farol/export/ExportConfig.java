package mo.farol.export;

import java.time.Duration;

/**
 * Bounds of exports.
 *
 * @param atOnce how many are written at a time
 * @param turn how long one waits for its turn, after which one is refused
 * @param whole how long one may take
 * @param stall how long a reader may take nothing of what is written, 32 KiB at a time
 * @param leastRate bytes a second that a reader takes at least while others wait for a turn
 * @param rateOver how long it may take less
 * @param admission how often it is asked whether the reader is still let in
 */
public record ExportConfig(
    int atOnce,
    Duration turn,
    Duration whole,
    Duration stall,
    long leastRate,
    Duration rateOver,
    Duration admission) {
  /** With 64 KiB a second over half a minute; whoever reads is let in anew each 15 seconds. */
  public ExportConfig(int atOnce, Duration turn, Duration whole, Duration stall) {
    this(atOnce, turn, whole, stall, 64 << 10, Duration.ofSeconds(30), Duration.ofSeconds(15));
  }

  /** Four at once, ten seconds' wait, two hours, a minute. */
  public static ExportConfig defaults() {
    return new ExportConfig(4, Duration.ofSeconds(10), Duration.ofHours(2), Duration.ofMinutes(1));
  }
}
