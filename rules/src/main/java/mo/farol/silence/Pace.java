package mo.farol.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * What a source said in the last hour, and whether that is usual at this hour of the week. Guarded
 * by its owner's lock.
 */
final class Pace {
  private static final long PART = 300_000_000L;
  private static final int PARTS = Week.PARTS;
  // A longer pause of ours is our absence: what came meanwhile says nothing.
  private static final int AWAY = 3;
  private static final int SURE_WEEKS = 3;
  private static final float MISSED_EVENTS = 15;
  private static final double SLACK = 1.5;
  private static final long MOST_PAUSE = 50 * 60_000_000L;
  private static final double FORGET = 0.98;
  private static final long FALLEN_PAUSE = 3 * 3600_000_000L;
  private static final float FALL = 0.1f;
  private static final float RECOVERED = 1 / 3f;
  private static final float FEWEST = 120;
  private static final float SURGE = 10;
  private static final long SURGE_EVENTS = 10_000;
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
  private @Nullable Week week;
  private final long[] parts = new long[PARTS];
  private long part;
  // From here on everything was heard.
  private long since;
  // The longest pause of the last weeks in hours that are steady.
  private long longest;
  private long day;
  private long lastAt;
  // From here on a whole hour can be asked for again.
  private long backAt = Long.MIN_VALUE / 2;
  // When the last hour was as usual.
  private long usualAt = Long.MIN_VALUE / 2;

  Pace(Hours hours, long at) {
    this.hours = hours;
    part = Math.floorDiv(at, PART);
    since = part + 1;
  }

  void hear(long at) {
    roll(at, true);
    parts[index(part)]++;
    long pause = at - lastAt;
    if (pause > longest && pause < MOST_PAUSE && isSteady(at) && isSteady(lastAt)) {
      longest = pause;
    }
    lastAt = Math.max(lastAt, at);
  }

  /** Takes note that a silence is over: the hours before were not whole. */
  void back() {
    backAt = part + 1;
  }

  private boolean isSteady(long at) {
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
    long now = Math.floorDiv(at, PART);
    if (now <= part) {
      return false;
    }
    if (now - part > AWAY) {
      noteUnwhole();
      Arrays.fill(parts, 0);
      part = now;
      since = now + 1;
      return false;
    }
    boolean learned = false;
    forget(now / PARTS / Hours.DAY);
    while (part < now) {
      if (Math.floorMod(part + 1, (long) PARTS) == 0) {
        if (since <= part + 1 - PARTS) {
          learned |= learn(learns);
        } else {
          noteUnwhole();
        }
      }
      part++;
      parts[index(part)] = 0;
    }
    return learned;
  }

  private void forget(long today) {
    if (today != day) {
      day = today;
      longest = (long) (longest * FORGET);
    }
  }

  private boolean learn(boolean always) {
    int hour = hours.ofWeek(Math.floorDiv(part, PARTS));
    if (week == null) {
      week = new Week();
    }
    if (!always && week.weeks(hour) > 0) {
      return false;
    }
    int busy = 0;
    for (long events : parts) {
      busy += events > 0 ? 1 : 0;
    }
    week.learn(hour, lastHour(), busy);
    return true;
  }

  // Of an hour that was not heard whole only that something came is known, if it did.
  private void noteUnwhole() {
    long begin = Math.max(Math.floorDiv(part, PARTS) * PARTS, since - 1);
    boolean came = false;
    for (long each = begin; each <= part; each++) {
      came |= parts[index(each)] > 0;
    }
    if (came) {
      week = week == null ? new Week() : week;
      week.came(hours.ofWeek(Math.floorDiv(part, PARTS)));
    }
  }

  /** Events of the last hour, the five minutes that run included. */
  long lastHour() {
    long sum = 0;
    for (long events : parts) {
      sum += events;
    }
    return sum;
  }

  /** Events that are usual at the hour of a time; less than 0 where not known. */
  float usual(long at) {
    int hour = hourOfWeek(at);
    return week == null || week.weeks(hour) == 0 ? -1 : week.usual(hour);
  }

  /** Weeks that the hour of a time is known for. */
  int weeks(long at) {
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
      missed += missedIn(at, hour * PARTS, from, now);
    }
    return missed >= MISSED_EVENTS
        || isUnexplained(week, lastMicros, nowMicros, away)
        || habit(week, lastMicros, nowMicros, away) == Habit.Day.MISSED;
  }

  /** Whether a pause is longer than its pauses of the last weeks explain: no day off is. */
  boolean isBeyondPauses(long lastMicros, long nowMicros, Outages away) {
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
    return week == null ? 0 : week.leastWeeks();
  }

  // A steady source is missed within the hour; one that speaks in some minutes of it, once the hour
  // and half an hour more are over.
  private float missedIn(int hour, long begin, long from, long now) {
    if (week == null || !week.isReliable(hour)) {
      return 0;
    }
    if (week.isSteady(hour)) {
      long heard = Math.min(now, begin + PARTS) - Math.max(from, begin);
      return week.least(hour) * Math.max(0, heard) / PARTS;
    }
    boolean over = from <= begin && now >= begin + PARTS + GRACE_PARTS;
    return over && week.weeks(hour) >= SURE_WEEKS ? week.usual(hour) : 0;
  }

  /**
   * What is wrong with the volume of the last hour.
   *
   * @param known whether a fall was told already: it lasts until a third of the usual comes
   */
  Optional<Trouble> fall(long nowMicros, boolean known) {
    int hour = hourOfWeek(nowMicros);
    if (week == null || week.weeksAround(hour) < SURE_WEEKS || !isWhole()) {
      return Optional.empty();
    }
    float expected = week.least(hour);
    long seen = lastHour();
    if (expected > 0 && seen >= expected * RECOVERED) {
      usualAt = part;
    }
    boolean low = seen < expected * (known ? RECOVERED : FALL);
    boolean judged = expected >= FEWEST && week.isReliable(hour) && week.isSteady(hour);
    if (!judged || !low || seen == 0) {
      return Optional.empty();
    }
    return Optional.of(trouble(Trouble.Kind.FALL, nowMicros, expected, seen));
  }

  private boolean isWhole() {
    return Math.max(since, backAt) <= part + 1 - PARTS;
  }

  /** Whether a fall that was told is over: at hours when little is usual that can't be told. */
  boolean isRecovered(long nowMicros) {
    int hour = hourOfWeek(nowMicros);
    return week != null && week.least(hour) >= FEWEST && lastHour() >= week.least(hour) * RECOVERED;
  }

  /** Ten times the usual and more. */
  Optional<Trouble> surge(long nowMicros, boolean known) {
    int hour = hourOfWeek(nowMicros);
    if (week == null || week.weeksAround(hour) < SURE_WEEKS) {
      return Optional.empty();
    }
    float expected = week.most(hour);
    long seen = lastHour();
    boolean much = known ? seen > SURGE / 3 * expected : seen > SURGE * expected;
    return much && seen >= SURGE_EVENTS
        ? Optional.of(trouble(Trouble.Kind.SURGE, nowMicros, expected, seen))
        : Optional.empty();
  }

  private static Trouble trouble(Trouble.Kind kind, long now, float expected, long seen) {
    var since = Micros.toInstant(now).minusSeconds(Hours.SECONDS);
    return new Trouble(kind, since, "", Math.round(expected), (double) seen, false);
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
    if (week == null) {
      return Day.NONE;
    }
    long now = Math.floorDiv(nowMicros, HOUR);
    boolean isSparse = usualAt < 0;
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
    return part - usualAt > DAY_PARTS ? Day.OFF : Day.BEGUN;
  }

  /** Our clock was ahead and was put back. */
  void back(long at) {
    long now = Math.floorDiv(at, PART);
    if (part > now) {
      Arrays.fill(parts, 0);
      part = now;
      since = now + 1;
    }
    usualAt = Math.min(usualAt, now);
    backAt = Math.min(backAt, now + 1);
    lastAt = Math.min(lastAt, at);
  }

  private int hourOfWeek(long micros) {
    return hours.ofWeek(Math.floorDiv(micros, HOUR));
  }

  private static int index(long part) {
    return (int) Math.floorMod(part, (long) PARTS);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(part);
    out.writeLong(since);
    for (long each : parts) {
      out.writeLong(each);
    }
    out.writeLong(usualAt);
    out.writeLong(longest);
    out.writeBoolean(week != null);
    if (week != null) {
      week.write(out);
    }
  }

  /**
   * @param hasParts whether the hour that runs was kept too
   */
  void read(DataInput in, boolean hasParts) throws IOException {
    if (hasParts) {
      part = in.readLong();
      since = in.readLong();
      for (int i = 0; i < PARTS; i++) {
        parts[i] = in.readLong();
      }
    }
    usualAt = in.readLong();
    longest = in.readLong();
    if (in.readBoolean()) {
      var known = new Week();
      known.read(in);
      week = known;
    }
  }
}
