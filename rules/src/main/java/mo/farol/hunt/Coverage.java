package mo.farol.hunt;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What could have shown it: events of the log source that have the fields without which a rule
 * can't match. Where none came, nothing found means nothing.
 *
 * @param oldest the oldest event there is in this time and scope; empty where there is none
 * @param newest the newest
 * @param step how finely time is told: an hour, or a day where the time is long
 * @param agencies those that have events in this time, by name
 * @param sources those whose events could have shown it, at most {@link #MOST_SOURCES}, those with
 *     most events first
 * @param moreSources how many further ones
 * @param blind ids of rules that no event could have shown: fields or log sources that never came
 * @param gone how many events there were once that are kept no longer; told where the time is all
 *     history, to who sees every agency
 * @param exact whether all was looked at; else there may be more
 */
public record Coverage(
    Optional<Instant> oldest,
    Optional<Instant> newest,
    Duration step,
    List<Of> agencies,
    List<Source> sources,
    int moreSources,
    List<String> blind,
    OptionalLong gone,
    boolean exact) {
  /** Sources that are told. */
  public static final int MOST_SOURCES = 500;

  /** Gaps of one agency that are told. */
  public static final int MOST_GAPS = 50;

  public Coverage {
    agencies = List.copyOf(agencies);
    sources = List.copyOf(sources);
    blind = List.copyOf(blind);
  }

  /**
   * One agency.
   *
   * @param events that could have shown it
   * @param steps hours or days with such events
   * @param allSteps hours or days that there are
   * @param gaps when there were none, the first {@link #MOST_GAPS}
   */
  public record Of(String agency, long events, int steps, int allSteps, List<Gap> gaps) {
    public Of {
      gaps = List.copyOf(gaps);
    }

    /** Whether no event of it could have shown anything. */
    public boolean isBlind() {
      return events == 0;
    }
  }

  /** A time without such events: from the first instant to before the last. */
  public record Gap(Instant from, Instant to) {}

  /**
   * One source.
   *
   * @param first beginning of the first hour or day with such events
   * @param last beginning of the last
   * @param steps hours or days with such events
   */
  public record Source(
      String agency, String host, long events, Instant first, Instant last, int steps) {}
}
