package mo.farol.silence;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * When a pause is too long.
 *
 * @param floor shortest pause that can be a silence
 * @param ceiling longest pause before any known source counts as silent, but for pauses that what
 *     it said in the weeks before explains
 * @param slack how many times its usual longest pause a source may stay quiet
 * @param minimumEvents events heard before a source's cadence is believed
 * @param minimumSpan time it was heard over before its cadence is believed
 * @param sources sources remembered at most
 * @param zone in which hours of the week are told
 */
public record SilenceConfig(
    Duration floor,
    Duration ceiling,
    double slack,
    int minimumEvents,
    Duration minimumSpan,
    int sources,
    ZoneId zone) {
  /** The same with hours in UTC. */
  public SilenceConfig(
      Duration floor,
      Duration ceiling,
      double slack,
      int minimumEvents,
      Duration minimumSpan,
      int sources) {
    this(floor, ceiling, slack, minimumEvents, minimumSpan, sources, ZoneOffset.UTC);
  }

  /**
   * Two minutes to fifteen, three times the usual pause, 20 events over 10 minutes, 20,000 sources.
   */
  public static SilenceConfig defaults() {
    return new SilenceConfig(
        Duration.ofMinutes(2), Duration.ofMinutes(15), 3, 20, Duration.ofMinutes(10), 20_000);
  }
}
