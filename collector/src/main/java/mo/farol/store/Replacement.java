package mo.farol.store;

import mo.farol.event.EventBatch;

/**
 * An event read anew, to stand in the place of what was made of the same frame before.
 *
 * @param one a batch of this event alone
 * @param formerMicros the time under which its row stands so far
 */
public record Replacement(EventBatch one, long formerMicros) {
  long sequence() {
    return one.sequence(one.first());
  }

  long micros() {
    return one.occurredAtMicros(one.first());
  }
}
