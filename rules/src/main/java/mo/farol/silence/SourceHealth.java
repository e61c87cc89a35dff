package mo.farol.silence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import mo.farol.event.Source;

/**
 * How one source is.
 *
 * @param source agency and host
 * @param input listener it last used
 * @param firstAt when it was first heard (time of receipt)
 * @param lastAt when it was last heard
 * @param events heard since {@code firstAt}
 * @param rejected of them, how many no parser could read
 * @param repeated of them, how many were marked as sent again, an exact repeat of one kept before
 * @param perMinute events a minute, over the last five minutes
 * @param skew sender's clock minus ours, told by the least delayed events of the last minutes;
 *     positive runs ahead
 * @param missing events that the sender numbered and that never arrived
 * @param agencyDropped frames of its whole agency that arrived and were not kept, since the start:
 *     their hosts were never read
 * @param expected longest usual pause; a longer one is a silence
 * @param silent whether it is past it
 * @param volume what it said in the last hour, against what is usual
 * @param troubles what is not as usual with it now
 */
public record SourceHealth(
    Source source,
    String input,
    Instant firstAt,
    Instant lastAt,
    long events,
    long rejected,
    long repeated,
    double perMinute,
    Duration skew,
    long missing,
    long agencyDropped,
    Duration expected,
    boolean silent,
    Volume volume,
    List<Trouble> troubles) {
  public SourceHealth {
    troubles = List.copyOf(troubles);
  }

  /**
   * How much a source says.
   *
   * @param lastHour events of the last hour
   * @param usual events that are usual at this hour of the week; less than 0 where not known
   * @param weeks how many weeks this hour of the week is known for
   */
  public record Volume(long lastHour, float usual, int weeks) {}
}
