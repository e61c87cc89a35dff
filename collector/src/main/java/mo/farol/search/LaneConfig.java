package mo.farol.search;

import java.time.Duration;

/**
 * How many searches are worked on at once.
 *
 * @param light that have not worked longer than {@code lightTime}
 * @param heavy that have
 * @param lightTime after which a search has to hold a place among the heavy ones
 * @param turn after which a heavy one gives its place to those who wait
 * @param most under way at once, those that wait included; more are refused, but the first of each
 *     person up to a quarter more
 * @param mostOfOne of one person
 */
public record LaneConfig(
    int light, int heavy, Duration lightTime, Duration turn, int most, int mostOfOne) {
  /**
   * A light one for each core, for they are short; a heavy one for every second core, so that scans
   * leave the others to what receives, indexes and detects; 100 ms, turns of 500 ms, 64 in all and
   * 24 of one person.
   */
  public static LaneConfig defaults() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new LaneConfig(
        cores, Math.max(1, cores / 2), Duration.ofMillis(100), Duration.ofMillis(500), 64, 24);
  }
}
