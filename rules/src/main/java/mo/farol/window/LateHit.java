package mo.farol.window;

import java.time.Instant;
import java.util.Map;
import mo.farol.event.EventId;
import mo.farol.event.Micros;
import mo.farol.sigma.RuleRef;
import mo.farol.sigma.SigmaCorrelation;

/**
 * A hit that came too late to be counted. Its event was matched and stands in the journal; whoever
 * looks through history finds it there.
 *
 * @param rule the correlation that could not count it
 * @param agency agency id
 * @param lane empty for live traffic, else the import's id
 * @param exercise drill data
 * @param group values of the group-by fields
 * @param event its event, or the newest of a crossing's
 * @param at event time of the hit
 * @param newest the newest event time that its group had come to
 */
public record LateHit(
    RuleRef rule,
    String agency,
    String lane,
    boolean exercise,
    Map<String, String> group,
    EventId event,
    Instant at,
    Instant newest) {
  /**
   * @param newest event time in microseconds that the group had come to
   */
  static LateHit of(
      Hit hit, SigmaCorrelation correlation, Lane.Key lane, byte[] group, long newest) {
    return new LateHit(
        correlation.ref(),
        lane.agency(),
        lane.lane(),
        lane.exercise(),
        Keys.named(correlation.groupBy(), group),
        new EventId(hit.event()),
        Micros.toInstant(hit.at()),
        Micros.toInstant(newest));
  }

  /** Takes late hits, on the thread of the windows; must not take long. */
  @FunctionalInterface
  public interface Sink {
    /** Nobody takes them; they are counted all the same. */
    Sink NONE = _ -> {};

    /** Takes one. */
    void late(LateHit hit);
  }
}
