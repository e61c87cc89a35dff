package mo.farol.store;

import java.time.Instant;

/**
 * A day of the index that could not be read, and how far it has been made again from the journal.
 *
 * @param day of which it holds the events, {@code yyyy-MM-dd}
 * @param foundAt when it was found damaged
 * @param aside name of the folder where what was damaged lies now; empty where nothing was left
 * @param had events it had when it was last committed; less than 0 where nothing tells
 * @param rebuilt of the events it had then, how many it has again
 * @param done whether the journal was read to the end of what it had
 */
public record Mending(
    String day, Instant foundAt, String aside, long had, long rebuilt, boolean done) {
  /** Events that it had and that the journal did not give back, once all was read. */
  public long missing() {
    return done ? Math.max(0, had - rebuilt) : 0;
  }
}
