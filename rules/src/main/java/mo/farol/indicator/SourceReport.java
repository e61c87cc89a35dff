package mo.farol.indicator;

import java.util.List;
import java.util.Map;

/**
 * What became of a source's entries.
 *
 * @param live indicators that match, by kind
 * @param muted indicators on a warning list, by the reason
 * @param expired indicators whose term had ended when they were read; among those above
 * @param passedOver entries that are well-formed but nothing to look for, by the reason
 * @param warned entries of which a part is not looked at, by the reason; among those above
 * @param refused entries that could not be read, by the reason
 * @param refusals the first {@value #SHOWN} of them with their places
 * @param isWhole whether it was read to its end
 */
public record SourceReport(
    IndicatorSource source,
    Map<Kind, Integer> live,
    Map<String, Integer> muted,
    int expired,
    Map<String, Integer> passedOver,
    Map<String, Integer> warned,
    Map<String, Integer> refused,
    List<Refusal> refusals,
    boolean isWhole) {
  /** Refusals that are told with their places. */
  public static final int SHOWN = 1000;

  /**
   * One refused entry.
   *
   * @param place file, line and column, or the place in the document
   */
  public record Refusal(String place, String reason) {}

  /** How many were refused. */
  public int refusedCount() {
    return sum(refused);
  }

  /** How many are live. */
  public int liveCount() {
    return sum(live);
  }

  /** How many are muted. */
  public int mutedCount() {
    return sum(muted);
  }

  /** How many were passed over. */
  public int passedOverCount() {
    return sum(passedOver);
  }

  private static int sum(Map<?, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
