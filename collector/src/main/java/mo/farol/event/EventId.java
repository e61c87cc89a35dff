package mo.farol.event;

/**
 * Names one event for ever: its journal sequence, counted from zero.
 *
 * @param sequence position in the journal, 0 or more
 */
public record EventId(long sequence) implements Comparable<EventId> {
  public EventId {
    if (sequence < 0) {
      throw new IllegalArgumentException("an event id is 0 or more, not " + sequence);
    }
  }

  /**
   * Reads what {@link #toString} wrote; throws {@link IllegalArgumentException} on anything else.
   */
  public static EventId parse(String text) {
    try {
      return new EventId(Long.parseUnsignedLong(text, 10));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("an event id is a whole number, not '" + text + "'", e);
    }
  }

  @Override
  public int compareTo(EventId other) {
    return Long.compare(sequence, other.sequence);
  }

  @Override
  public String toString() {
    return Long.toString(sequence);
  }
}
