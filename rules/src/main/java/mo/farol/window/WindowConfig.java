package mo.farol.window;

import java.time.Duration;

/**
 * Bounds of the windows.
 *
 * @param groupsPerRule groups one correlation keeps for one agency and lane; the one longest
 *     untouched makes room
 * @param groups groups kept altogether; past this or the memory the agency that holds most gives
 *     way: of its greatest rule the group longest untouched
 * @param hits hits kept exactly in one group; past it, hits that lie close together are merged
 * @param values values that a group of first-seen remembers
 * @param memory bytes that all hits, values and texts together may take, about
 * @param pace least event time between two reports of one growing group, unless it doubled
 * @param lateness how long after its end a window waits for hits that come late, before it is said
 *     what did not come
 * @param idle a source that was not heard of for so long holds event time back no more
 * @param lag a clock that is further behind its receipts holds event time back only where all
 *     clocks are
 */
public record WindowConfig(
    int groupsPerRule,
    int groups,
    int hits,
    int values,
    long memory,
    Duration pace,
    Duration lateness,
    Duration idle,
    Duration lag) {
  public WindowConfig {
    if (groupsPerRule < 1 || groups < 1 || hits < 64 || values < 64) {
      throw new IllegalArgumentException(
          "windows need room: 1 group, 64 hits and 64 values at least");
    }
  }

  /**
   * 50,000 groups a rule, a million altogether, 4,096 hits and 65,536 values a group, 256 MiB; one
   * second of pace, five minutes late, two minutes to be idle, an hour to lag.
   */
  public static WindowConfig defaults() {
    return new WindowConfig(
        50_000,
        1_000_000,
        4_096,
        65_536,
        256L << 20,
        Duration.ofSeconds(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(2),
        Duration.ofHours(1));
  }

  /** The same with another bound of memory, in bytes. */
  public WindowConfig withMemory(long bytes) {
    return new WindowConfig(groupsPerRule, groups, hits, values, bytes, pace, lateness, idle, lag);
  }

  /** The same with other bounds of groups. */
  public WindowConfig withGroups(int perRule, int altogether) {
    return new WindowConfig(perRule, altogether, hits, values, memory, pace, lateness, idle, lag);
  }
}
