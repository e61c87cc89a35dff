package mo.farol.hunt;

import java.time.Instant;
import mo.farol.event.EventId;
import mo.farol.event.Excerpt;

/**
 * An event that a hunt found.
 *
 * @param what id of the rule, or the indicator's value
 * @param event its id
 * @param agency whose it is
 * @param host of the source
 * @param occurredAt the event's time
 * @param why field and value that matched, cut after 500 characters; bytes of a sender, not to be
 *     trusted
 */
public record HuntHit(
    String what, EventId event, String agency, String host, Instant occurredAt, String why) {
  private static final int LONGEST = 500;

  public HuntHit {
    host = Excerpt.shown(host, LONGEST);
    why = Excerpt.shown(why, LONGEST);
  }
}
