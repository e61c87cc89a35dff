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

  private final Hours hours;
  private final Rhythm rhythm = new Rhythm();
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
      Arrays.fill(parts, 0);
      part = now;
      since = now + 1;
      return false;
    }
    boolean learned = false;
    forget(now / PARTS / Hours.DAY);
    while (part < now) {
      if (Math.floorMod(part + 1, (long) PARTS) == 0 && since <= part + 1 - PARTS) {
        learned |= learn(learns);
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
   * source that says too little for that. True where these hours are not known yet.
   *
   * @param fell whether a fall was told: pauses of minutes are no news then
   */
  boolean isMissed(long fromMicros, long nowMicros, boolean fell) {
    if (week == null) {
      return true;
    }
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
      if (week.weeks(at) == 0) {
        return true;
      }
      missed += missedIn(at, hour * PARTS, from, now);
    }
    return missed >= MISSED_EVENTS || isUnexplained(week, from, now);
  }

  /** Whether a pause is longer than its pauses of the last weeks explain: no day off is. */
  boolean isBeyondPauses(long fromMicros, long nowMicros) {
    long from = Math.floorDiv(fromMicros, PART) + 1;
    return week != null && isUnexplained(week, from, Math.floorDiv(nowMicros, PART));
  }

  private boolean isUnexplained(Week known, long from, long now) {
    long hour = Math.floorDiv(now, PARTS);
    long last = Math.floorDiv(from - 1, PARTS);
    long silent = hour - last;
    return silent > SHORTEST && silent > rhythm.explains(known, hours.ofWeek(hour), hour, last);
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
   * Whether this source keeps days off, so that it can be asked whether this is one: at this hour
   * little comes at a weekend.
   */
  boolean hasDaysOff(long nowMicros) {
    int hour = hourOfWeek(nowMicros);
    float off = week == null ? -1 : week.onDayOff(hour);
    return week != null && off >= 0 && week.usual(hour) > 0 && off < week.usual(hour) / 5;
  }

  /**
   * Whether the source was not as usual in the last ten hours: it did not begin, and did not end.
   */
  boolean hasNotBegun() {
    return part - usualAt > DAY_PARTS;
  }

  private int hourOfWeek(long micros) {
    return hours.ofWeek(Math.floorDiv(micros, PART * PARTS));
  }

  private static int index(long part) {
    return (int) Math.floorMod(part, (long) PARTS);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(usualAt);
    out.writeLong(longest);
    out.writeBoolean(week != null);
    if (week != null) {
      week.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    usualAt = in.readLong();
    longest = in.readLong();
    if (in.readBoolean()) {
      var known = new Week();
      known.read(in);
      week = known;
    }
  }
}
