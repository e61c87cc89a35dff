package mo.farol.export;

import java.time.Duration;

/**
 * Bounds of exports.
 *
 * @param atOnce how many are written at a time
 * @param turn how long one waits for its turn, after which one is refused
 * @param whole how long one may take
 * @param stall how long a reader may take nothing of what is written, 32 KiB at a time
 */
public record ExportConfig(int atOnce, Duration turn, Duration whole, Duration stall) {
  /** Four at once, ten seconds' wait, two hours, a minute. */
  public static ExportConfig defaults() {
    return new ExportConfig(4, Duration.ofSeconds(10), Duration.ofHours(2), Duration.ofMinutes(1));
  }
}
