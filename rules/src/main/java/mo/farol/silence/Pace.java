package mo.farol.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;

/**
 * Whether it is usual at these hours of the week how long a source has said nothing. Guarded by its
 * owner's lock.
 */
final class Pace {
  private static final long PART = HourlyCounts.PART;
  private static final int PARTS = Week.PARTS;
  private static final int SURE_WEEKS = 3;
  private static final float MISSED_EVENTS = 15;
  private static final double SLACK = 1.5;
  private static final long MOST_PAUSE = 50 * 60_000_000L;
  private static final double FORGET = 0.98;
  private static final long FALLEN_PAUSE = 3 * 3600_000_000L;
  private static final long GRACE_PARTS = 6;
  // Hours of a pause that say nothing yet of the rhythm of a source.
  private static final long SHORTEST = 12;
  private static final long HOURS_BACK = Hours.WEEK;
  private static final long DAY_PARTS = 10L * PARTS;

  private static final long HOUR = PART * PARTS;

  /** How a day stands with a source that keeps days off. */
  enum Day {
    /** Nothing can be said. */
    NONE,
    /** It did not begin. */
    OFF,
    BEGUN
  }

  private final Hours hours;
  private final Rhythm rhythm = new Rhythm();
  private final Habit habit = new Habit();
  private final HourlyCounts counts;
  private final VolumeCheck volume;
  // The longest pause of the last weeks in hours that are steady.
  private long longest;
  private long day;
  private long lastAt;

  Pace(Hours hours, long at) {
    this.hours = hours;
    counts = new HourlyCounts(hours, at);
    volume = new VolumeCheck(hours, counts);
  }

  void hear(long at) {
    roll(at, true);
    counts.count();
    long pause = at - lastAt;
    if (pause > longest && pause < MOST_PAUSE && isSteady(at) && isSteady(lastAt)) {
      longest = pause;
    }
    lastAt = Math.max(lastAt, at);
  }

  /** Takes note that a silence is over: the hours before were not whole. */
  void back() {
    counts.back();
  }

  /** What is wrong with how much it says. */
  VolumeCheck volume() {
    return volume;
  }

  private boolean isSteady(long at) {
    var week = counts.week();
    return week != null && week.isSteady(hourOfWeek(at));
  }

  /**
   * Goes on to a time.
   *
   * @param learns whether the hours that end are to be learned: those of a silence that was told
   *     only where nothing is known of them yet
   * @return whether an hour was learned
   */
  boolean roll(long at, boolean learns) {
    if (counts.goesOn(at)) {
      forget(Math.floorDiv(at, HOUR) / Hours.DAY);
    }
    return counts.roll(at, learns);
  }

  private void forget(long today) {
    if (today != day) {
      day = today;
      longest = (long) (longest * FORGET);
    }
  }

  /** Events of the last hour, the five minutes that run included. */
  long lastHour() {
    return counts.lastHour();
  }

  /** Events that are usual at the hour of a time; less than 0 where not known. */
  float usual(long at) {
    var week = counts.week();
    int hour = hourOfWeek(at);
    return week == null || week.weeks(hour) == 0 ? -1 : week.usual(hour);
  }

  /** Weeks that the hour of a time is known for. */
  int weeks(long at) {
    var week = counts.week();
    return week == null ? 0 : week.weeks(hourOfWeek(at));
  }

  /**
   * Whether a pause is longer than it would be at these hours of the week, or than the pauses of a
   * source that says too little for that, or than its habit to speak on this day. True where these
   * hours are not known yet.
   *
   * @param lastMicros when it was last heard
   * @param fell whether a fall was told: pauses of minutes are no news then
   */
  boolean isMissed(long lastMicros, long nowMicros, boolean fell, Outages away) {
    var week = counts.week();
    if (week == null) {
      return true;
    }
    long fromMicros = Math.max(lastMicros, away.since());
    long least = fell ? FALLEN_PAUSE : Math.min((long) (longest * SLACK), MOST_PAUSE);
    if (nowMicros - fromMicros < least) {
      return false;
    }
    long from = Math.floorDiv(fromMicros, PART) + 1;
    long now = Math.floorDiv(nowMicros, PART);
    long first = Math.max(Math.floorDiv(from, PARTS), Math.floorDiv(now, PARTS) - HOURS_BACK);
    float missed = 0;
    for (long hour = first; hour * PARTS <= now; hour++) {
      int at = hours.ofWeek(hour);
      if (week.weeks(at) == 0 && week.leastWeeks() == 0) {
        return true;
      }
      missed += missedIn(week, at, hour * PARTS, from, now);
    }
    return missed >= MISSED_EVENTS
        || isUnexplained(week, lastMicros, nowMicros, away)
        || habit(week, lastMicros, nowMicros, away) == Habit.Day.MISSED;
  }

  /** Whether a pause is longer than its pauses of the last weeks explain: no day off is. */
  boolean isBeyondPauses(long lastMicros, long nowMicros, Outages away) {
    var week = counts.week();
    return week != null && isUnexplained(week, lastMicros, nowMicros, away);
  }

  // Time in which we were away is no pause of it.
  private boolean isUnexplained(Week known, long lastMicros, long nowMicros, Outages away) {
    long hour = Math.floorDiv(nowMicros, HOUR);
    long last = Math.floorDiv(lastMicros, HOUR);
    if (hour - last <= SHORTEST) {
      return false;
    }
    long silent = hour - last - Math.ceilDiv(away.within(lastMicros, nowMicros), HOUR);
    return silent > SHORTEST && silent > rhythm.explains(known, hours.ofWeek(hour), hour, last);
  }

  private Habit.Day habit(Week known, long lastMicros, long nowMicros, Outages away) {
    long hour = Math.floorDiv(nowMicros, HOUR);
    return habit.day(known, hours.ofWeek(hour), hour, Math.floorDiv(lastMicros, HOUR), away);
  }

  /** Weeks for which its pauses are known, eight at most. */
  int weeks() {
    var week = counts.week();
    return week == null ? 0 : week.leastWeeks();
  }

  // A steady source is missed within the hour; one that speaks in some minutes of it, once the hour
  // and half an hour more are over.
  private static float missedIn(Week week, int hour, long begin, long from, long now) {
    if (!week.isReliable(hour)) {
      return 0;
    }
    if (week.isSteady(hour)) {
      long heard = Math.min(now, begin + PARTS) - Math.max(from, begin);
      return week.least(hour) * Math.max(0, heard) / PARTS;
    }
    boolean over = from <= begin && now >= begin + PARTS + GRACE_PARTS;
    return over && week.weeks(hour) >= SURE_WEEKS ? week.usual(hour) : 0;
  }

  /** The trouble of a source that says nothing. */
  Trouble silence(Instant lastAt, long nowMicros) {
    float usual = usual(nowMicros);
    return new Trouble(
        Trouble.Kind.SILENT, lastAt, "", usual < 0 ? 0 : Math.round(usual), 0, false);
  }

  /**
   * How today stands with a source that keeps days off: one that says nothing at weekends and
   * speaks on this day by habit, or of which little comes at a weekend at this hour.
   *
   * @param isSure whether one that never was as usual says nothing
   */
  Day day(long lastMicros, long nowMicros, Outages away, boolean isSure) {
    var week = counts.week();
    if (week == null) {
      return Day.NONE;
    }
    long now = Math.floorDiv(nowMicros, HOUR);
    boolean isSparse = volume.usualAt() < 0;
    if (isSparse && habit.rests(week, hours.ofWeek(now), now)) {
      var day = habit(week, lastMicros, nowMicros, away);
      if (day != Habit.Day.NONE && day != Habit.Day.OPEN) {
        return day == Habit.Day.BEGUN ? Day.BEGUN : Day.OFF;
      }
    }
    int hour = hourOfWeek(nowMicros);
    float off = week.onDayOff(hour);
    boolean keeps = off >= 0 && week.usual(hour) > 0 && off < week.usual(hour) / 5;
    if (!keeps || isSure && isSparse) {
      return Day.NONE;
    }
    // Not as usual in the last ten hours: it did not begin, and did not end.
    return counts.part() - volume.usualAt() > DAY_PARTS ? Day.OFF : Day.BEGUN;
  }

  /** Our clock was ahead and was put back. */
  void back(long at) {
    counts.back(at);
    volume.back(at);
    lastAt = Math.min(lastAt, at);
  }

  private int hourOfWeek(long micros) {
    return hours.ofWeek(Math.floorDiv(micros, HOUR));
  }

  void write(DataOutput out) throws IOException {
    counts.writeParts(out);
    volume.write(out);
    out.writeLong(longest);
    counts.writeWeek(out);
  }

  /**
   * @param hasParts whether the hour that runs was kept too
   */
  void read(DataInput in, boolean hasParts) throws IOException {
    if (hasParts) {
      counts.readParts(in);
    }
    volume.read(in);
    longest = in.readLong();
    counts.readWeek(in);
  }
}
