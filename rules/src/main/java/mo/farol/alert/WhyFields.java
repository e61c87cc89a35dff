package mo.farol.alert;

import java.util.List;

/**
 * Names of what Farol says of a step beside what was seen, in {@link WhyStep#matches}: with them a
 * sentence can be made in any language. Alerts of before lack the newer ones.
 */
public final class WhyFields {
  /** When a silent source was last heard, an instant; how long a pause is usual, in seconds. */
  public static final String SILENCE_LAST = "silence.last_at";

  public static final String SILENCE_PAUSE = "silence.pause";

  /** Figures of a fall, a surge or a drift: events an hour, or seconds. */
  public static final String SILENCE_SEEN = "silence.seen";

  public static final String SILENCE_USUAL = "silence.expected";

  /** What a correlation counts: its type, bounds such as {@code gte 10}, fields, seconds. */
  public static final String WINDOW_TYPE = "window.type";

  public static final String WINDOW_BOUNDS = "window.bounds";
  public static final String WINDOW_FIELDS = "window.fields";
  public static final String WINDOW_SPAN = "window.span";
  public static final String WINDOW_PERCENTILE = "window.percentile";

  /** There where a count is a lower bound, and where time alone told. */
  public static final String WINDOW_PARTIAL = "window.partial";

  public static final String WINDOW_TIMED = "window.timed";

  /** {@code seal} or {@code damage}, and its figures as {@link Finding#figures} has them. */
  public static final String FINDING_KIND = "finding.kind";

  /** The alert that a step rests on. */
  public static final String ALERT_ID = "alert.id";

  public static final String ALERT_TITLE = "alert.title";
  public static final String ALERT_AGENCY = "alert.agency";
  public static final String ALERT_LEVEL = "alert.severity";

  /** The title of an alert that gave risk. */
  public static final String RISK_ALERT = "risk.alert";

  /** What the author of a decision said of it. */
  public static final String BECAUSE = "decision.reason";

  public static final String ASSET_KIND = "asset.kind";
  public static final String ASSET_SERVICE = "asset.service";

  /** The exception or maintenance; {@code marks} where it doesn't hide. */
  public static final String COVER_ID = "suppression.id";

  public static final String COVER_NAME = "suppression.name";
  public static final String COVER_REASON = "suppression.reason";
  public static final String COVER_MARKS = "suppression.marks";

  private static final List<String> OURS =
      List.of(
          "threat.indicator.",
          "silence.",
          "window.",
          "finding.",
          "alert.",
          "risk.alert",
          "decision.",
          "asset.",
          "suppression.");

  private WhyFields() {}

  static boolean isOurs(String field) {
    return OURS.stream().anyMatch(field::startsWith);
  }

  static WhyStep.Match said(String field, String value) {
    return new WhyStep.Match("", field, Bounded.text(value, 200), "");
  }
}
