package mo.farol.sigma;

import java.util.Locale;

/** How grave a rule or an alert is: Sigma specification 2.1.0, section "Level", mildest first. */
public enum Level {
  INFORMATIONAL,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /** The level of a lower-case word; throws {@link IllegalArgumentException} on any other. */
  public static Level ofWord(String word) {
    try {
      return valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a level is informational, low, medium, high or critical, not '" + word + "'", e);
    }
  }

  /** Lower-case word, as in files and on screens. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this is as grave as the other or graver. */
  public boolean isAtLeast(Level other) {
    return compareTo(other) >= 0;
  }
}
