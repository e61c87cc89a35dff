package mo.farol.store;

/**
 * What events are grouped by. An event with several values of a field is in the group of each; one
 * without the field is in the group of no value.
 */
public sealed interface Key {
  /** The values of a field. */
  record Value(String field) implements Key {}

  /** The event's time, down to a multiple of a width since 1970. */
  record Bin(long widthMicros) implements Key {}
}
