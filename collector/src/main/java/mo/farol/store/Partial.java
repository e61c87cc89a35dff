package mo.farol.store;

/**
 * One way in which an answer is not the whole truth.
 *
 * @param first what the kind says
 * @param second what the kind says
 */
public record Partial(Kind kind, long first, long second) {
  /** What was met. */
  public enum Kind {
    /** The deadline: only {@code first} of the events that match were looked at. */
    TIME,
    /** {@code first} days of the index are being made again: what they lack yet is missing. */
    DAYS,
    /** The bound of groups: {@code first} are kept, {@code second} events are in none of them. */
    GROUPS,
    /** The bound of memory: counts of different values are at least what they say. */
    DISTINCT,
    /** The bound of memory: some first or last values are missing. */
    VALUES,
    /** Percentiles of groups of more than {@code first} values are estimates. */
    ESTIMATED,
    /** The bound of memory: {@code first} numbers are in no percentile. */
    DROPPED,
    /** The bounds of an event: of {@code first} events some values or combinations are left out. */
    MANY,
    /** {@code first} groups of {@code second} are told. */
    KEPT,
    /** The newest {@code first} events were read, and {@code second} match at least. */
    READ
  }

  /** One without figures. */
  static Partial of(Kind kind) {
    return new Partial(kind, 0, 0);
  }
}
