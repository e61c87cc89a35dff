package mo.farol.store;

import mo.farol.event.Scope;

/**
 * What is asked of an index. There is no question without a scope.
 *
 * @param clause what an event must be
 * @param scope whose events may be seen
 * @param fromMicros first {@code occurredAt}, inclusive, in microseconds
 * @param toMicros last, exclusive
 * @param fromSequence first journal sequence, inclusive; 0 for all
 * @param toSequence last, exclusive; {@link Long#MAX_VALUE} for all
 */
public record Question(
    Clause clause,
    Scope scope,
    long fromMicros,
    long toMicros,
    long fromSequence,
    long toSequence) {
  /** About events whenever they came. */
  public Question(Clause clause, Scope scope, long fromMicros, long toMicros) {
    this(clause, scope, fromMicros, toMicros, 0, Long.MAX_VALUE);
  }

  /** About events of any time that came in so far into the journal. */
  public static Question arrived(Clause clause, Scope scope, long fromSequence, long toSequence) {
    return new Question(clause, scope, Long.MIN_VALUE, Long.MAX_VALUE, fromSequence, toSequence);
  }

  /** Whether any instant lies in the question's range. */
  public boolean hasTime() {
    return fromMicros < toMicros;
  }

  /** Whether only some of the journal's sequences are asked about. */
  public boolean isOfSequences() {
    return fromSequence > 0 || toSequence < Long.MAX_VALUE;
  }

  /** The same, about events that came in before a sequence. */
  public Question before(long sequence) {
    return new Question(
        clause, scope, fromMicros, toMicros, fromSequence, Math.min(toSequence, sequence));
  }

  /** The same, of a shorter time: what both ranges have in common. */
  Question within(long from, long to) {
    return new Question(
        clause,
        scope,
        Math.max(fromMicros, from),
        Math.min(toMicros, to),
        fromSequence,
        toSequence);
  }

  /** Whether going through terms is part of the answer. */
  boolean hasPatterns() {
    return hasPatterns(clause);
  }

  private static boolean hasPatterns(Clause clause) {
    return switch (clause) {
      case Clause.All _, Clause.Term _, Clause.Phrase _ -> false;
      case Clause.Wildcard _, Clause.Regex _, Clause.Range _, Clause.Cidr _, Clause.Exists _ ->
          true;
      case Clause.Kept _ -> true;
      case Clause.And(var parts) -> parts.stream().anyMatch(Question::hasPatterns);
      case Clause.Or(var parts) -> parts.stream().anyMatch(Question::hasPatterns);
      case Clause.Not(var part) -> hasPatterns(part);
    };
  }
}
