package mo.farol.silence;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;

/** Hours of the week in a zone: 0 is Monday from midnight to one. Guarded by its owner's lock. */
final class Hours {
  static final int WEEK = 168;
  static final int DAY = 24;
  static final long SECONDS = 3600;

  // 1970-01-01 was a Thursday.
  private static final int FIRST = 3 * DAY;
  private static final int SATURDAY = 5 * DAY;

  private final ZoneRules rules;
  private long asked = Long.MIN_VALUE;
  private int answer;

  Hours(ZoneId zone) {
    rules = zone.getRules();
  }

  /**
   * The hour of the week of an hour since 1970.
   *
   * @param hour whole hours since 1970-01-01T00:00Z
   */
  int ofWeek(long hour) {
    if (hour != asked) {
      asked = hour;
      long seconds = hour * SECONDS;
      long local = seconds + rules.getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
      answer = (int) Math.floorMod(Math.floorDiv(local, SECONDS) + FIRST, (long) WEEK);
    }
    return answer;
  }

  static int before(int hourOfWeek) {
    return hourOfWeek == 0 ? WEEK - 1 : hourOfWeek - 1;
  }

  static int after(int hourOfWeek) {
    return hourOfWeek == WEEK - 1 ? 0 : hourOfWeek + 1;
  }

  static int onSaturday(int hourOfWeek) {
    return SATURDAY + hourOfWeek % DAY;
  }

  static int onSunday(int hourOfWeek) {
    return SATURDAY + DAY + hourOfWeek % DAY;
  }
}
