package mo.farol.export;

import java.time.Duration;
import mo.farol.web.SlowReaderLimits;

/**
 * Bounds of exports.
 *
 * @param atOnce how many are written at a time
 * @param turn how long one waits for its turn, after which one is refused
 * @param whole how long one may take
 * @param slowReaders how slowly one may be read
 * @param admission how often it is asked whether the reader is still let in
 */
public record ExportConfig(
    int atOnce, Duration turn, Duration whole, SlowReaderLimits slowReaders, Duration admission) {
  /**
   * With the usual limits of slow readers but for the stall; whoever reads is let in anew each 15
   * seconds.
   */
  public ExportConfig(int atOnce, Duration turn, Duration whole, Duration stall) {
    this(atOnce, turn, whole, slowReaders(stall), Duration.ofSeconds(15));
  }

  /** Four at once, ten seconds' wait, two hours, a minute. */
  public static ExportConfig defaults() {
    return new ExportConfig(4, Duration.ofSeconds(10), Duration.ofHours(2), Duration.ofMinutes(1));
  }

  private static SlowReaderLimits slowReaders(Duration stall) {
    var usual = SlowReaderLimits.usual();
    return new SlowReaderLimits(stall, usual.leastRate(), usual.rateOver());
  }
}
