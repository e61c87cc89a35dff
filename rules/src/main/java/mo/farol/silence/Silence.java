package mo.farol.silence;

import java.time.Duration;
import java.time.Instant;
import mo.farol.event.Source;

/**
 * A source that is not as usual: past its expected cadence, or in another way.
 *
 * @param source who has gone quiet
 * @param lastAt when it was last heard (time of receipt)
 * @param lastSequence journal sequence of the last event heard
 * @param expected longest pause that would have been usual
 * @param noticedAt when the pause was found too long
 * @param wholeAgency whether every source of the agency is quiet
 * @param trouble in which way, with figures
 */
public record Silence(
    Source source,
    Instant lastAt,
    long lastSequence,
    Duration expected,
    Instant noticedAt,
    boolean wholeAgency,
    Trouble trouble) {
  /** A source that says nothing. */
  public Silence(
      Source source,
      Instant lastAt,
      long lastSequence,
      Duration expected,
      Instant noticedAt,
      boolean wholeAgency) {
    this(
        source,
        lastAt,
        lastSequence,
        expected,
        noticedAt,
        wholeAgency,
        new Trouble(Trouble.Kind.SILENT, lastAt, "", 0, 0, false));
  }
}
