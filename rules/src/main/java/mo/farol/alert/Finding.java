package mo.farol.alert;

import java.time.Instant;
import java.util.Map;
import mo.farol.event.EventId;

/**
 * What was found wrong with the centre itself, so that what it keeps or proves can't be relied on.
 *
 * @param kind what it is about
 * @param about the one thing that is wrong; the same for the same finding, also after a restart
 * @param words one sentence for people: what, and where
 * @param since when it was last known to be right
 * @param noticedAt when it was found
 * @param event one that it touches, or the last one before
 * @param figures the same as data: {@code finding.events}, events that were sealed, {@code
 *     finding.wrong}, how many things are wrong; {@code finding.first} and {@code .last}, sequences
 *     of the events that lay in damaged bytes, {@code .aside} where those were set aside
 */
public record Finding(
    Kind kind,
    String about,
    String words,
    Instant since,
    Instant noticedAt,
    EventId event,
    Map<String, String> figures) {
  public Finding {
    figures = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(figures));
  }

  /** Without its data. */
  public Finding(
      Kind kind, String about, String words, Instant since, Instant noticedAt, EventId event) {
    this(kind, about, words, since, noticedAt, event, Map.of());
  }

  /** The field of an alert's entity that says which finding it tells. */
  public static final String FIELD = "farol.finding";

  /** What a finding is about. */
  public enum Kind {
    /** What is there is no longer what was signed. */
    SEAL,
    /** Bytes of the journal are not as they were written. */
    DAMAGE
  }
}
