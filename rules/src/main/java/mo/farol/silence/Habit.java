package mo.farol.silence;

/**
 * The days of the week on which a source speaks, always from about the same hour on: a line every
 * working morning, a job of Sundays. A day begins with the first hour in which it speaks after the
 * longest part of the day in which it never does. Guarded by its owner's lock.
 */
final class Habit {
  private static final int SURE_WEEKS = 3;
  private static final int FORGIVING_WEEKS = 4;
  // The eighth bit of an hour may be of the week before.
  private static final int MOST_WEEKS = 7;
  private static final int NIGHT = 6;
  private static final int SPREAD = 3;
  private static final int GRACE = 2;
  private static final int EARLY = 3;
  private static final int DAYS = 7;
  private static final int SATURDAY = 5;
  private static final long HOUR = Hours.SECONDS * 1_000_000;
  private static final long SHORT = 5 * 60_000_000L;

  /** How a day stands. */
  enum Day {
    /** It is no day on which the source is sure to speak. */
    NONE,
    /** It may speak yet, or we were away when it should have. */
    OPEN,
    BEGUN,
    /** The hours are over in which it has always spoken first. */
    LATE,
    /** It should have spoken two hours ago at the latest. */
    MISSED
  }

  /**
   * What is usual on this day.
   *
   * @param began so many hours ago
   * @param earliest hour of the day in which it speaks first
   * @param latest the same
   * @param rests whether it says nothing at weekends
   */
  private record Usual(boolean isKnown, int began, int earliest, int latest, boolean rests) {
    static final Usual UNKNOWN = new Usual(false, 0, 0, 0, false);
  }

  private long askedAt = Long.MIN_VALUE;
  private Usual answer = Usual.UNKNOWN;

  /**
   * How the day of an hour stands.
   *
   * @param hour of the week, now
   * @param now the hour since 1970 that runs
   * @param last the hour in which it was last heard
   */
  Day day(Week week, int hour, long now, long last, Outages away) {
    var usual = usual(week, hour, now);
    if (!usual.isKnown()) {
      return Day.NONE;
    }
    if (now - last <= usual.began() + EARLY) {
      return Day.BEGUN;
    }
    if (usual.began() <= usual.latest()) {
      return Day.OPEN;
    }
    long begin = now - usual.began();
    long from = (begin + usual.earliest()) * HOUR;
    long to = (begin + usual.latest() + 1) * HOUR;
    if (away.within(from, to) > SHORT) {
      return Day.OPEN;
    }
    return usual.began() < usual.latest() + GRACE ? Day.LATE : Day.MISSED;
  }

  /** Whether it says nothing at weekends, and something today. */
  boolean rests(Week week, int hour, long now) {
    return usual(week, hour, now).rests();
  }

  private Usual usual(Week week, int hour, long now) {
    if (now != askedAt) {
      askedAt = now;
      int weeks = Math.min(week.leastWeeks(), MOST_WEEKS);
      answer = weeks < SURE_WEEKS ? Usual.UNKNOWN : usual(week, hour, weeks);
    }
    return answer;
  }

  private static Usual usual(Week week, int hour, int weeks) {
    int first = firstHour(week, hour, weeks);
    if (first < 0) {
      return Usual.UNKNOWN;
    }
    int began = Math.floorMod(hour - first, Hours.DAY);
    int earliest = Hours.DAY;
    int latest = -1;
    int[] spoken = new int[DAYS]; // by days before this one in the week
    for (int day = 1; day <= weeks * DAYS; day++) {
      int at = begins(week, hour, began + day * Hours.DAY);
      if (at >= 0) {
        earliest = Math.min(earliest, at);
        latest = Math.max(latest, at);
        spoken[day % DAYS]++;
      }
    }
    int missing = weeks - spoken[0];
    boolean isSure = missing <= (weeks >= FORGIVING_WEEKS ? 1 : 0);
    if (!isSure || latest - earliest > SPREAD) {
      return Usual.UNKNOWN;
    }
    int today = Math.floorMod(hour - began, Hours.WEEK) / Hours.DAY;
    boolean rests =
        spoken[Math.floorMod(today - SATURDAY, DAYS)] == 0
            && spoken[Math.floorMod(today - SATURDAY - 1, DAYS)] == 0;
    return new Usual(true, began, earliest, latest, rests);
  }

  // The hour of the day that ends the longest part in which it never speaks; -1 for none.
  private static int firstHour(Week week, int hour, int weeks) {
    boolean[] speaks = new boolean[Hours.DAY];
    for (int back = 0; back < weeks * Hours.WEEK; back++) {
      speaks[Math.floorMod(hour - 1 - back, Hours.DAY)] |= week.spoke(hour, back);
    }
    int first = -1;
    int longest = NIGHT - 1;
    for (int at = 0; at < Hours.DAY; at++) {
      if (speaks[at]) {
        int quiet = quietBefore(speaks, at);
        first = quiet > longest ? at : first;
        longest = Math.max(longest, quiet);
      }
    }
    return first;
  }

  private static int quietBefore(boolean[] speaks, int at) {
    int quiet = 0;
    while (quiet < Hours.DAY - 1 && !speaks[Math.floorMod(at - 1 - quiet, Hours.DAY)]) {
      quiet++;
    }
    return quiet;
  }

  // Hour of a day in which it spoke first, -1 for a day without a word.
  private static int begins(Week week, int hour, int ago) {
    for (int at = 0; at < Hours.DAY; at++) {
      if (week.spoke(hour, ago - at - 1)) {
        return at;
      }
    }
    return -1;
  }
}
