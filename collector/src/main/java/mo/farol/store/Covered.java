package mo.farol.store;

import java.util.Map;

/**
 * Times and sequences of the events of a day, as its commits say them. Written to by one thread;
 * times are read by any.
 */
final class Covered {
  private static final String NEXT = "next";
  private static final String FIRST = "first";
  private static final String LAST = "last";
  private static final String LOWEST = "lowest";
  private static final String HIGHEST = "highest";

  private volatile long firstMicros;
  private volatile long lastMicros;
  private long lowest;
  private long highest;

  private Covered(long firstMicros, long lastMicros, long lowest, long highest) {
    this.firstMicros = firstMicros;
    this.lastMicros = lastMicros;
    this.lowest = lowest;
    this.highest = highest;
  }

  /**
   * What a commit says.
   *
   * @param hasRows whether it has rows, whose sequences commits of before did not say
   */
  static Covered of(Map<String, String> commit, boolean hasRows) {
    return new Covered(
        number(commit, FIRST, Long.MAX_VALUE),
        number(commit, LAST, Long.MIN_VALUE),
        number(commit, LOWEST, hasRows ? 0 : Long.MAX_VALUE),
        number(commit, HIGHEST, hasRows ? next(commit) : -1));
  }

  /** The sequence below which a commit says that its day is whole. */
  static long next(Map<String, String> commit) {
    return number(commit, NEXT, 0);
  }

  /** What a commit is to say of a day that is whole below a sequence. */
  Map<String, String> commit(long next) {
    return Map.of(
        NEXT, Long.toString(next),
        FIRST, Long.toString(firstMicros),
        LAST, Long.toString(lastMicros),
        LOWEST, Long.toString(lowest),
        HIGHEST, Long.toString(highest));
  }

  /** The same for the checkpoint, which knows days that can't be read. */
  Checkpoint.Day day(String name, long rows) {
    return new Checkpoint.Day(name, rows, lowest, highest, firstMicros, lastMicros);
  }

  /** Takes note of an event's time and sequence. */
  void add(long micros, long sequence) {
    lowest = Math.min(lowest, sequence);
    highest = Math.max(highest, sequence);
    if (micros < firstMicros) {
      firstMicros = micros;
    }
    if (micros > lastMicros) {
      lastMicros = micros;
    }
  }

  /** Whether an event may lie in a range of time. */
  boolean touches(long fromMicros, long toMicros) {
    return firstMicros < toMicros && lastMicros >= fromMicros;
  }

  private static long number(Map<String, String> commit, String key, long otherwise) {
    String text = commit.get(key);
    return text == null ? otherwise : Long.parseLong(text);
  }
}
