package mo.farol.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How much a source says in each hour of the week, learned from hours that were heard whole. A
 * later week counts a quarter, so what is usual follows within a month. About 1.2 KB.
 */
final class Week {
  /** Parts of an hour that are told apart: five minutes each. */
  static final int PARTS = 12;

  private static final int MOST_WEEKS = 100;
  private static final int REMEMBERED = 8;
  private static final int SLOWEST = 3;
  private static final int SURE = 3;
  private static final float HIGHEST = 3;
  private static final float SCALE = 20;
  // Hours of the week in which the centre itself may be away every time, for its own upkeep.
  private static final int UPKEEP = 12;

  private final float[] usual = new float[Hours.WEEK];
  // Parts of the hour in which something came, times SCALE.
  private final byte[] busy = new byte[Hours.WEEK];
  private final byte[] weeks = new byte[Hours.WEEK];
  // A bit for each of the last eight weeks, the newest lowest: whether anything came.
  private final byte[] came = new byte[Hours.WEEK];

  /** Takes an hour that was heard whole. */
  void learn(int hour, long events, int busyParts) {
    int known = weeks[hour];
    int share = Math.min(known, SLOWEST) + 1;
    // A flood once is not what is usual from then on, nor one before anything was known.
    float most = known >= SURE ? HIGHEST * usual[hour] + 100 : Float.MAX_VALUE;
    usual[hour] = known < SURE ? Math.min(usual[hour], HIGHEST * events + 100) : usual[hour];
    usual[hour] += (Math.min((float) events, most) - usual[hour]) / share;
    float parts = (busy[hour] & 0xff) / SCALE;
    busy[hour] = (byte) Math.round((parts + (busyParts - parts) / share) * SCALE);
    came[hour] = (byte) (came[hour] << 1 | (events > 0 ? 1 : 0));
    weeks[hour] = (byte) Math.min(known + 1, MOST_WEEKS);
  }

  /** Takes note that something came in an hour that was not heard whole. */
  void came(int hour) {
    came[hour] = (byte) (came[hour] << 1 | 1);
  }

  /** Events that are usual in an hour of the week. */
  float usual(int hour) {
    return usual[hour];
  }

  /** Weeks in which the hour was heard whole. */
  int weeks(int hour) {
    return weeks[hour];
  }

  /** Weeks in which every hour, but for a few that never are, was heard whole; eight at most. */
  int leastWeeks() {
    int[] hours = new int[REMEMBERED + 1];
    for (byte each : weeks) {
      hours[Math.min(each, REMEMBERED)]++;
    }
    int least = 0;
    for (int fewer = hours[0]; fewer <= UPKEEP && least < REMEMBERED; fewer += hours[least]) {
      least++;
    }
    return least;
  }

  /**
   * Whether something came so many hours before.
   *
   * @param hour of the week that runs
   * @param back 0 for the hour before it; less than eight weeks
   */
  boolean spoke(int hour, int back) {
    int before = Math.floorMod(hour - 1 - back, Hours.WEEK);
    return ((came[before] >> (back / Hours.WEEK)) & 1) != 0;
  }

  /** Whether something comes in most parts of the hour. */
  boolean isSteady(int hour) {
    return (busy[hour] & 0xff) / SCALE >= PARTS * 3 / 4f;
  }

  /** Whether something came in this hour in every week known, but for one. */
  boolean isReliable(int hour) {
    int known = Math.min(weeks[hour], REMEMBERED);
    int heard = Integer.bitCount(came[hour] & 0xff & ((1 << known) - 1));
    return known > 0 && heard >= Math.max(1, known - 1);
  }

  /** The least that is usual in an hour and those around it: nobody begins or ends by the clock. */
  float least(int hour) {
    return Math.min(usual[hour], Math.min(usual[Hours.before(hour)], usual[Hours.after(hour)]));
  }

  /** The most that is usual in an hour and those around it. */
  float most(int hour) {
    return Math.max(usual[hour], Math.max(usual[Hours.before(hour)], usual[Hours.after(hour)]));
  }

  /** Weeks in which an hour and those around it were heard whole. */
  int weeksAround(int hour) {
    return Math.min(weeks[hour], Math.min(weeks[Hours.before(hour)], weeks[Hours.after(hour)]));
  }

  /** What is usual at that time of the quieter day of a weekend; less than 0 where not known. */
  float onDayOff(int hour) {
    int saturday = Hours.onSaturday(hour);
    int sunday = Hours.onSunday(hour);
    return weeks[saturday] == 0 || weeks[sunday] == 0
        ? -1
        : Math.min(usual[saturday], usual[sunday]);
  }

  void write(DataOutput out) throws IOException {
    for (float each : usual) {
      out.writeFloat(each);
    }
    out.write(busy);
    out.write(weeks);
    out.write(came);
  }

  void read(DataInput in) throws IOException {
    for (int i = 0; i < Hours.WEEK; i++) {
      usual[i] = in.readFloat();
    }
    in.readFully(busy);
    in.readFully(weeks);
    in.readFully(came);
  }
}
