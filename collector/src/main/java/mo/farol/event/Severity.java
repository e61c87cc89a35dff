package mo.farol.event;

import java.util.Locale;

/** How grave the sender says an event is: RFC 5424 section 6.2.1, table 2. */
public enum Severity {
  EMERGENCY,
  ALERT,
  CRITICAL,
  ERROR,
  WARNING,
  NOTICE,
  INFORMATIONAL,
  DEBUG;

  private static final Severity[] BY_CODE = values();

  /**
   * The severity with this numerical code, 0 to 7; throws {@link IllegalArgumentException} on any
   * other.
   */
  public static Severity ofCode(int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("a syslog severity is 0 to 7, not " + code);
    }
    return BY_CODE[code];
  }

  /** Numerical code, 0 to 7. */
  public int code() {
    return ordinal();
  }

  /** Lower-case word, as in ECS {@code log.level}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
