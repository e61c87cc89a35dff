package mo.farol.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a source said in the last hour, in parts of five minutes. Each hour of the clock that was
 * heard whole is learned. Guarded by its owner's lock.
 */
final class HourlyCounts {
  /** Microseconds of a part. */
  static final long PART = 300_000_000L;

  private static final int PARTS = Week.PARTS;
  // A longer pause of ours is our absence: what came meanwhile says nothing.
  private static final int AWAY = 3;

  private final Hours hours;
  private @Nullable Week week;
  private final long[] parts = new long[PARTS];
  private long part;
  // From here on everything was heard.
  private long since;
  // From here on a whole hour can be asked for again.
  private long backAt = Long.MIN_VALUE / 2;

  HourlyCounts(Hours hours, long at) {
    this.hours = hours;
    part = Math.floorDiv(at, PART);
    since = part + 1;
  }

  /** What was learned; null before the first hour was. */
  @Nullable Week week() {
    return week;
  }

  /** The five minutes that run, counted since 1970. */
  long part() {
    return part;
  }

  /** Counts an event in the five minutes that run. */
  void count() {
    parts[index(part)]++;
  }

  /** Takes note that a silence is over: the hours before were not whole. */
  void back() {
    backAt = part + 1;
  }

  /** Whether other five minutes have begun by a time, and it was heard all the while. */
  boolean goesOn(long at) {
    long now = Math.floorDiv(at, PART);
    return now > part && now - part <= AWAY;
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
      begin(now);
      return false;
    }
    boolean learned = false;
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

  private void begin(long now) {
    Arrays.fill(parts, 0);
    part = now;
    since = now + 1;
  }

  private boolean learn(boolean always) {
    int hour = hours.ofWeek(Math.floorDiv(part, PARTS));
    var known = week == null ? new Week() : week;
    week = known;
    if (!always && known.weeks(hour) > 0) {
      return false;
    }
    int busy = 0;
    for (long events : parts) {
      busy += events > 0 ? 1 : 0;
    }
    known.learn(hour, lastHour(), busy);
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
      var known = week == null ? new Week() : week;
      week = known;
      known.came(hours.ofWeek(Math.floorDiv(part, PARTS)));
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

  /** Whether all of the last hour was heard, and none of it was in a silence that was told. */
  boolean isWhole() {
    return Math.max(since, backAt) <= part + 1 - PARTS;
  }

  /** Our clock was ahead and was put back. */
  void back(long at) {
    long now = Math.floorDiv(at, PART);
    if (part > now) {
      begin(now);
    }
    backAt = Math.min(backAt, now + 1);
  }

  private static int index(long part) {
    return (int) Math.floorMod(part, (long) PARTS);
  }

  void writeParts(DataOutput out) throws IOException {
    out.writeLong(part);
    out.writeLong(since);
    for (long each : parts) {
      out.writeLong(each);
    }
  }

  void readParts(DataInput in) throws IOException {
    part = in.readLong();
    since = in.readLong();
    for (int i = 0; i < PARTS; i++) {
      parts[i] = in.readLong();
    }
  }

  void writeWeek(DataOutput out) throws IOException {
    out.writeBoolean(week != null);
    if (week != null) {
      week.write(out);
    }
  }

  void readWeek(DataInput in) throws IOException {
    if (in.readBoolean()) {
      var known = new Week();
      known.read(in);
      week = known;
    }
  }
}
