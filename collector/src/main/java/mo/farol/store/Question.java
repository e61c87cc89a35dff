package mo.farol.store;

import mo.farol.event.Scope;

/**
 * What is asked of an index. There is no question without a scope.
 *
 * @param clause what an event must be
 * @param scope whose events may be seen
 * @param fromMicros first {@code occurredAt}, inclusive, in microseconds
 * @param toMicros last, exclusive
 */
public record Question(Clause clause, Scope scope, long fromMicros, long toMicros) {
  /** Whether any instant lies in the question's range. */
  public boolean hasTime() {
    return fromMicros < toMicros;
  }

  /** The same, of a shorter time: what both ranges have in common. */
  Question within(long from, long to) {
    return new Question(clause, scope, Math.max(fromMicros, from), Math.min(toMicros, to));
  }
}
