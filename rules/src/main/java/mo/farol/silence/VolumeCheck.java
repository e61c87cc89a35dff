package mo.farol.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import mo.farol.event.Micros;

/**
 * Whether it is usual at this hour of the week how much a source said in the last hour. Guarded by
 * its owner's lock.
 */
final class VolumeCheck {
  private static final long HOUR = HourlyCounts.PART * Week.PARTS;
  private static final int SURE_WEEKS = 3;
  private static final float FALL = 0.1f;
  private static final float RECOVERED = 1 / 3f;
  private static final float FEWEST = 120;
  private static final float SURGE = 10;
  private static final long SURGE_EVENTS = 10_000;

  private final Hours hours;
  private final HourlyCounts counts;
  private long usualAt = Long.MIN_VALUE / 2;

  VolumeCheck(Hours hours, HourlyCounts counts) {
    this.hours = hours;
    this.counts = counts;
  }

  /** When the last hour was as usual, in parts of {@link HourlyCounts}; below 0 for never. */
  long usualAt() {
    return usualAt;
  }

  /**
   * What is wrong with the volume of the last hour.
   *
   * @param known whether a fall was told already: it lasts until a third of the usual comes
   */
  Optional<Trouble> fall(long nowMicros, boolean known) {
    var week = counts.week();
    int hour = hours.ofWeek(Math.floorDiv(nowMicros, HOUR));
    if (week == null || week.weeksAround(hour) < SURE_WEEKS || !counts.isWhole()) {
      return Optional.empty();
    }
    float expected = week.least(hour);
    long seen = counts.lastHour();
    if (expected > 0 && seen >= expected * RECOVERED) {
      usualAt = counts.part();
    }
    boolean low = seen < expected * (known ? RECOVERED : FALL);
    boolean judged = expected >= FEWEST && week.isReliable(hour) && week.isSteady(hour);
    if (!judged || !low || seen == 0) {
      return Optional.empty();
    }
    return Optional.of(trouble(Trouble.Kind.FALL, nowMicros, expected, seen));
  }

  /** Whether a fall that was told is over: at hours when little is usual that can't be told. */
  boolean isRecovered(long nowMicros) {
    var week = counts.week();
    int hour = hours.ofWeek(Math.floorDiv(nowMicros, HOUR));
    return week != null
        && week.least(hour) >= FEWEST
        && counts.lastHour() >= week.least(hour) * RECOVERED;
  }

  /** Ten times the usual and more. */
  Optional<Trouble> surge(long nowMicros, boolean known) {
    var week = counts.week();
    int hour = hours.ofWeek(Math.floorDiv(nowMicros, HOUR));
    if (week == null || week.weeksAround(hour) < SURE_WEEKS) {
      return Optional.empty();
    }
    float expected = week.most(hour);
    long seen = counts.lastHour();
    boolean much = known ? seen > SURGE / 3 * expected : seen > SURGE * expected;
    return much && seen >= SURGE_EVENTS
        ? Optional.of(trouble(Trouble.Kind.SURGE, nowMicros, expected, seen))
        : Optional.empty();
  }

  private static Trouble trouble(Trouble.Kind kind, long now, float expected, long seen) {
    var since = Micros.toInstant(now).minusSeconds(Hours.SECONDS);
    return new Trouble(kind, since, "", Math.round(expected), (double) seen, false);
  }

  /** Our clock was ahead and was put back. */
  void back(long at) {
    usualAt = Math.min(usualAt, Math.floorDiv(at, HourlyCounts.PART));
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(usualAt);
  }

  void read(DataInput in) throws IOException {
    usualAt = in.readLong();
  }
}
