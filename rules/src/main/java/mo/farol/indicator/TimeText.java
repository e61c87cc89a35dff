package mo.farol.indicator;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Times as feeds write them: RFC 3339, with a space for the T, a date alone, seconds since 1970; of
 * the years 1 to 9999, so that a term can be added to any of them.
 */
final class TimeText {
  private static final int LONGEST = 40;
  private static final long FIRST = -62_135_596_800L; // the beginning of the year 1, in seconds
  private static final long LAST = 253_402_300_799L; // the end of the year 9999

  private TimeText() {}

  /** The instant; UTC where no zone is written. */
  static Instant read(String written) throws Unreadable {
    String text = written.strip();
    try {
      if (text.length() <= LONGEST && !text.isEmpty()) {
        var at = read(text, text.length());
        if (at.getEpochSecond() >= FIRST && at.getEpochSecond() <= LAST) {
          return at;
        }
      }
    } catch (DateTimeException | NumberFormatException e) {
      // said below
    }
    throw new Unreadable("not a time such as 2026-11-26T10:00:00Z");
  }

  private static Instant read(String text, int length) {
    if (length == 10 && text.charAt(4) == '-') {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    if (length > 10 && text.charAt(4) == '-') {
      String iso = text.substring(0, 10) + "T" + text.substring(11).replace(" UTC", "Z");
      boolean hasZone = iso.endsWith("Z") || iso.indexOf('+', 11) > 0 || iso.indexOf('-', 11) > 0;
      return OffsetDateTime.parse(hasZone ? iso : iso + "Z").toInstant();
    }
    return Instant.ofEpochSecond(Long.parseLong(text));
  }
}
