package mo.farol.store;

import java.util.Comparator;

/** On which side of an event others are looked for, and which order that means. */
public enum Side {
  /** Older by their own time; of those of one time, the ones that came before. */
  EARLIER,

  /** Newer by their own time; of those of one time, the ones that came after. */
  LATER,

  /** Taken into the journal before it. */
  BEFORE,

  /** Taken into the journal after it. */
  AFTER;

  boolean isByTime() {
    return this == EARLIER || this == LATER;
  }

  Comparator<Row> nearestFirst() {
    return switch (this) {
      case EARLIER -> Comparator.naturalOrder();
      case LATER -> Comparator.reverseOrder();
      case BEFORE -> Comparator.comparingLong(Row::sequence).reversed();
      case AFTER -> Comparator.comparingLong(Row::sequence);
    };
  }

  /** How near to an event a span of time comes on this side: the less, the nearer. */
  long reach(long firstMicros, long lastMicros) {
    return this == EARLIER ? -lastMicros : firstMicros;
  }

  /** The question of the times where rows of this side can lie. */
  Question within(Question question, Row of) {
    return switch (this) {
      case EARLIER -> question.within(Long.MIN_VALUE, of.occurredAtMicros() + 1);
      case LATER -> question.within(of.occurredAtMicros(), Long.MAX_VALUE);
      case BEFORE, AFTER -> question;
    };
  }
}
