package mo.farol.alert;

import java.time.Duration;

/**
 * Settings of the alert desk.
 *
 * @param grouping how long after its last event an alert goes on taking in facts of its group
 * @param collapse equal detections, or counts of one group, within this span are one fact
 * @param capPerSecond new facts of one rule in one agency a second; more are counted, not reasoned
 *     about
 * @param campaignAgencies agencies that show the same technique before it is a campaign, and with
 *     grave alerts within an hour before a warning is proposed
 * @param idle a session without a fact for this long is closed: longer than any expiry
 * @param sessions sessions held open at most; the one idle for longest gives way
 * @param ahead how far a sender's clock may run ahead of ours and be believed
 * @param alertsPerMinute new alerts of one rule in one agency a minute; the rest is one alert
 */
public record DeskConfig(
    Duration grouping,
    Duration collapse,
    int capPerSecond,
    int campaignAgencies,
    Duration idle,
    int sessions,
    Duration ahead,
    int alertsPerMinute) {
  /** The settings Farol starts with. */
  public static DeskConfig standard() {
    return new DeskConfig(
        Duration.ofMinutes(30),
        Duration.ofSeconds(1),
        100,
        3,
        Duration.ofMinutes(70),
        256,
        Duration.ofMinutes(5),
        600);
  }
}
