package mo.farol.hunt;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What a hunt found.
 *
 * @param events events of the time and scope, whether they were read or not; where something is
 *     counted over time, those of its warm-up too
 * @param read events that the index could not rule out, and that were read back and looked at
 * @param missing events that could not be read back
 * @param matched events that match, each once, and groups that crossed
 * @param groups groups of correlations that crossed, among these
 * @param finds what was found, what has most hits first
 * @param agencies hits by agency
 * @param hours hits by the hour they occurred in
 * @param hits the first of all, events in the order of the journal and behind them groups in that
 *     of time; at most {@link Hunter#MOST_HITS}
 * @param shortfalls why there may be more; none where the answer is whole
 * @param coverage which sources and hours could have shown it
 * @param warmUp of what is counted over time
 * @param comparison with the rules as they were before, where that was asked for
 */
public record HuntResult(
    long events,
    long read,
    long missing,
    long matched,
    long groups,
    List<Find> finds,
    SortedMap<String, Long> agencies,
    SortedMap<Instant, Long> hours,
    List<HuntHit> hits,
    Set<Shortfall> shortfalls,
    Coverage coverage,
    Optional<WarmUp> warmUp,
    Optional<Comparison> comparison,
    Duration took) {
  public HuntResult {
    finds = List.copyOf(finds);
    hits = List.copyOf(hits);
    shortfalls = Set.copyOf(shortfalls);
  }

  /** Whether it is all there is to find. */
  public boolean isWhole() {
    return shortfalls.isEmpty();
  }

  /**
   * One rule or indicator that was found.
   *
   * @param what id of the rule, or the indicator's value
   * @param title for people
   * @param count events
   */
  public record Find(String what, String title, long count) {}

  /**
   * Against the rules as they were before.
   *
   * @param before events that those match, and groups that crossed by them
   * @param gained those that only the new ones find
   * @param lost those that only the old ones find
   * @param gainedHits the first of these
   * @param lostHits the first of these
   */
  public record Comparison(
      long before, long gained, long lost, List<HuntHit> gainedHits, List<HuntHit> lostHits) {
    public Comparison {
      gainedHits = List.copyOf(gainedHits);
      lostHits = List.copyOf(lostHits);
    }
  }

  /**
   * What stands before the time that is hunted in, so that windows that are open at its beginning
   * hold what they should.
   *
   * @param from from when on events were counted; empty where all history was
   * @param oldest the oldest event that is kept, in the scope
   * @param isCut whether there is none from before {@code from}: what stood in windows that were
   *     open before the oldest event was not seen
   */
  public record WarmUp(Optional<Instant> from, Optional<Instant> oldest, boolean isCut) {}

  /** Why a hunt may not have found all. */
  public enum Shortfall {
    /** Its time was over first. */
    TIME,
    /** Days of the index can't be looked at, or are being made again. */
    DAYS,
    /** Events could not be read back from the journal. */
    FRAMES,
    /** Frames were read again meanwhile by a mended parser. */
    REPLACED,
    /** A rule failed on events again and again, and was asked no more. */
    RULES,
    /** More events were to be counted over time than can be held; the later ones were not. */
    HITS,
    /** Windows met a bound of memory: counts may be too low, groups may be missing. */
    WINDOWS,
    /** Hits came too late for their windows. */
    LATE,
    /** More groups crossed than are compared. */
    COMPARED
  }
}
