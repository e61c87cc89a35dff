package mo.farol.store;

/**
 * An event as the index knows it. Newest first: by time, then by sequence.
 *
 * @param occurredAtMicros the event's time
 * @param sequence its journal sequence
 * @param position place of its block in the journal
 */
public record Row(long occurredAtMicros, long sequence, long position) implements Comparable<Row> {
  @Override
  public int compareTo(Row other) {
    int byTime = Long.compare(other.occurredAtMicros, occurredAtMicros);
    return byTime != 0 ? byTime : Long.compare(other.sequence, sequence);
  }
}
