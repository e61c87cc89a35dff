package mo.farol.search;

import mo.farol.store.Grouping;

/**
 * Bounds of stages.
 *
 * @param rows events that are read at most where a stage needs whole events
 * @param bounds of groups
 * @param atOnce queries with stages worked out at once; others wait
 */
public record PipeConfig(int rows, Grouping.Bounds bounds, int atOnce) {
  /** 10,000 events, a million groups in 64 MiB, four at once. */
  public static PipeConfig defaults() {
    return new PipeConfig(10_000, Grouping.Bounds.defaults(), 4);
  }
}
