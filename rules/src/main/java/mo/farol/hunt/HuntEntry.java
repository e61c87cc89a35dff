package mo.farol.hunt;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One hunt as it is kept.
 *
 * @param id random
 * @param title for people
 * @param kind {@code sigma}, {@code indicators} or {@link #RESTRICTED}
 * @param text what was hunted, as it was given; indicators are cut after some thousand characters
 * @param by account name
 * @param seers whose scope sees it: agency ids with commas between, {@code *} for the whole centre
 * @param agency the only agency whose events were looked at; empty for all that the asker sees
 * @param from first event time; empty for all history
 * @param to last, exclusive
 * @param state how it stands
 * @param result {@link HuntJson} of what was found; empty until it ended
 */
public record HuntEntry(
    String id,
    String title,
    String kind,
    String text,
    String by,
    String seers,
    String agency,
    Optional<Instant> from,
    Optional<Instant> to,
    Instant askedAt,
    Optional<Instant> endedAt,
    State state,
    String result) {
  /** The kind of those for indicators that only people who work alerts may know of. */
  public static final String RESTRICTED = "indicators-red";

  /** How a hunt stands. */
  public enum State {
    RUNNING,
    DONE,
    CANCELLED,
    /** Something went wrong, which the result says. */
    FAILED,
    /** The centre was stopped meanwhile. */
    INTERRUPTED;

    /** The word for it in tables and JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The state of a word. */
    public static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * Whether somebody who sees its scope may read more of it than that it was.
   *
   * @param works whether they work alerts
   */
  public boolean isFor(boolean works) {
    return works || !kind.equals(RESTRICTED);
  }

  /** The same, ended. */
  HuntEntry ended(State how, Instant at, String json) {
    return new HuntEntry(
        id, title, kind, text, by, seers, agency, from, to, askedAt, Optional.of(at), how, json);
  }

  /** The same without what was hunted and found, for lists. */
  public HuntEntry brief() {
    return new HuntEntry(
        id, title, kind, "", by, seers, agency, from, to, askedAt, endedAt, state, "");
  }
}
