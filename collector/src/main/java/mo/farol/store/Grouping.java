package mo.farol.store;

import java.util.List;

/**
 * Groups of events, and what is told of each.
 *
 * @param keys what makes a group; with none, all events are one
 * @param measures what is told, at least one
 * @param present whether only events that have a value of every key count
 * @param order of the groups
 * @param keep so many groups are told at most, in this order
 * @param bounds what may be spent on it
 */
public record Grouping(
    List<Key> keys, List<Measure> measures, boolean present, Order order, int keep, Bounds bounds) {
  /** Which groups come first. Of equal ones those with the lesser keys do, no value last. */
  public enum Order {
    /** Lesser keys first. */
    KEYS,
    /** Those with the greatest first measure. */
    MOST,
    /** Those with the least. */
    LEAST
  }

  /**
   * What an answer may take in memory.
   *
   * @param groups at most
   * @param bytes for groups and values, about
   * @param values of a group from which percentiles are exact; of more they are estimates
   */
  public record Bounds(int groups, long bytes, int values) {
    /** A million groups, 64 MiB, 10,000 values. */
    public static Bounds defaults() {
      return new Bounds(1_000_000, 64L << 20, 10_000);
    }
  }

  public Grouping {
    keys = List.copyOf(keys);
    measures = List.copyOf(measures);
  }
}
