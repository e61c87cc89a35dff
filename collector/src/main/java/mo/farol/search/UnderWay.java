package mo.farol.search;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A search under way, as it is told to who may know of it.
 *
 * @param id to cancel it by; not to be guessed
 * @param query as it was asked
 * @param who asked; empty for the centre itself
 * @param since when it was asked
 * @param state what it does now
 * @param progress 0 to 1: how much of what is to be looked at was
 * @param events to be looked at, as far as that is known by now; empty for who sees only some
 *     agencies, for others' are counted too
 * @param matched counted so far
 * @param took time since it was asked
 */
public record UnderWay(
    String id,
    String query,
    String who,
    Instant since,
    State state,
    double progress,
    OptionalLong events,
    long matched,
    Duration took) {
  /** What a search does. */
  public enum State {
    /** Waits for its turn, or to go on. */
    WAITING,
    /** Works, and has not worked long. */
    LIGHT,
    /** Works, and holds one of the few places for those that work long. */
    HEAVY
  }
}
