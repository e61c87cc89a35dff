package mo.farol.parse;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import mo.farol.event.Micros;
import mo.farol.event.Origin;

/** The year and zone in which an origin writes times without one. Local times are microseconds. */
final class OriginTime {
  private static final long AHEAD = 7 * 86_400 * Clock.SECOND;

  private String zone = "UTC";
  private ZoneId zoneId = ZoneOffset.UTC;
  private ZoneRules rules = ZoneOffset.UTC.getRules();
  private int year;
  private long receivedAt;
  private int receivedYear;
  private long quarter = Long.MIN_VALUE;
  private long offset;

  /** Takes over year, zone and time of receipt of a batch. */
  void open(Origin origin, long receivedAtMicros) {
    if (!origin.zone().equals(zone)) {
      zone = origin.zone();
      zoneId = zoneOf(zone);
      rules = zoneId.getRules();
      quarter = Long.MIN_VALUE;
    }
    year = origin.year();
    receivedAt = receivedAtMicros;
    receivedYear =
        LocalDateTime.ofEpochSecond(seconds(receivedAtMicros), 0, ZoneOffset.UTC).getYear();
  }

  ZoneId zone() {
    return zoneId;
  }

  /** The year of all times without one, or 0. */
  int year() {
    return year;
  }

  /** Microseconds since 1970 of a local time. */
  long utc(long local) {
    long seconds = seconds(local);
    long thisQuarter = Math.floorDiv(seconds, 900);
    if (thisQuarter != quarter) {
      var at = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
      offset = rules.getOffset(at).getTotalSeconds() * Clock.SECOND;
      quarter = thisQuarter;
    }
    return local - offset;
  }

  /** The local time of what {@link #utc} answered last. */
  long local(long utc) {
    return utc + offset;
  }

  /**
   * The last local time of a day without a year that is not more than a week ahead of the time of
   * receipt: 31 December arrives on 1 January, and a sender's clock may run ahead of ours.
   */
  long latest(int month, int day, long clock) {
    for (int y = receivedYear + 1; y >= receivedYear - 8; y--) {
      if (Days.isDate(y, month, day)) {
        long at = Days.since1970(y, month, day) * Days.MICROS + clock;
        if (at - receivedAt <= AHEAD) {
          return at;
        }
      }
    }
    return Micros.NONE;
  }

  private static long seconds(long micros) {
    return Math.floorDiv(micros, Clock.SECOND);
  }

  private static ZoneId zoneOf(String zone) {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }
}
