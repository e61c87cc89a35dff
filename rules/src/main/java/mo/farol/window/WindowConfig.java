package mo.farol.window;

import java.time.Duration;

/**
 * Bounds of the windows.
 *
 * @param groupsPerRule groups one correlation keeps for one agency and lane; the one longest
 *     untouched makes room
 * @param groups groups kept altogether
 * @param hits hits kept exactly in one group; past it, hits that lie close together are merged
 * @param pace least event time between two reports of one growing group, unless it doubled
 * @param ahead how far past its receipt a time is believed
 */
public record WindowConfig(int groupsPerRule, int groups, int hits, Duration pace, Duration ahead) {
  public WindowConfig {
    if (groupsPerRule < 1 || groups < 1 || hits < 64) {
      throw new IllegalArgumentException("windows need room: 1 group and 64 hits at least");
    }
  }

  /** 50,000 groups a rule, a million altogether, 4,096 hits, one second, five minutes. */
  public static WindowConfig defaults() {
    return new WindowConfig(50_000, 1_000_000, 4_096, Duration.ofSeconds(1), Duration.ofMinutes(5));
  }
}
