package mo.farol.hunt;

import java.time.Instant;
import java.util.Optional;
import mo.farol.event.EventId;
import mo.farol.event.Excerpt;

/**
 * An event that a hunt found, or a group of events that a correlation counted.
 *
 * @param what id of the rule, or the indicator's value
 * @param event its id; of a group the newest's
 * @param agency whose it is
 * @param host of the source; of a group where all its events have one
 * @param occurredAt the event's time; of a group its last
 * @param why field and value that matched, cut after 500 characters; bytes of a sender, not to be
 *     trusted
 * @param group what a correlation counted; empty for an event
 */
public record HuntHit(
    String what,
    EventId event,
    String agency,
    String host,
    Instant occurredAt,
    String why,
    Optional<HuntGroup> group) {
  private static final int LONGEST = 500;

  public HuntHit {
    host = Excerpt.shown(host, LONGEST);
    why = Excerpt.shown(why, LONGEST);
  }

  /** Which source: its agency and the host, {@code finance/pay-01}; empty where there is none. */
  public String source() {
    return host.isEmpty() ? "" : agency + "/" + host;
  }

  /** An event. */
  public HuntHit(
      String what, EventId event, String agency, String host, Instant occurredAt, String why) {
    this(what, event, agency, host, occurredAt, why, Optional.empty());
  }

  /** A group of a correlation. */
  static HuntHit of(
      String what, EventId newest, String agency, String host, String why, HuntGroup group) {
    return new HuntHit(what, newest, agency, host, group.lastAt(), why, Optional.of(group));
  }
}
