package mo.farol.hunt;

import java.time.Instant;
import mo.farol.event.EventId;

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
    host = cut(host);
    why = cut(why);
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "…";
  }
}
