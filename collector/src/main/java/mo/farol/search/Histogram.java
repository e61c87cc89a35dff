package mo.farol.search;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Counts over time.
 *
 * @param from start of the first bin
 * @param width of each bin
 * @param bins in order of time, empty ones included
 * @param exact whether everything was looked at
 */
public record Histogram(Instant from, Duration width, List<Bin> bins, boolean exact) {
  /**
   * One bin.
   *
   * @param at its start
   * @param total events in it
   * @param bySeverity eight counts, by syslog severity code
   */
  public record Bin(Instant at, long total, List<Long> bySeverity) {}

  public Histogram {
    bins = List.copyOf(bins);
  }
}
