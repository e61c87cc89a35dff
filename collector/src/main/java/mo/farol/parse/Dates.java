package mo.farol.parse;

import static mo.farol.parse.Ascii.isDigit;
import static mo.farol.parse.Ascii.number;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import mo.farol.event.Micros;
import mo.farol.event.Origin;

/**
 * Reads times out of bytes as microseconds since 1970. Every method answers {@link Micros#NONE}
 * where there is no time, and otherwise leaves the index after it in {@link #end()}. Remembers the
 * year and zone of the origin; not thread-safe.
 */
final class Dates {
  private static final byte[] MONTHS = Ascii.bytes("JanFebMarAprMayJunJulAugSepOctNovDec");
  private static final long SECOND = 1_000_000;

  private String zone = "UTC";
  private ZoneRules rules = ZoneOffset.UTC.getRules();
  private int year;
  private long receivedAt;
  private int receivedYear;
  private long hour = Long.MIN_VALUE;
  private int hourOffset;
  private int end;
  private int fractionDigits;

  /** Takes over year, zone and time of receipt of a batch. */
  void open(Origin origin, long receivedAtMicros) {
    if (!origin.zone().equals(zone)) {
      zone = origin.zone();
      rules = rules(zone);
      hour = Long.MIN_VALUE;
    }
    year = origin.year();
    receivedAt = receivedAtMicros;
    receivedYear =
        LocalDateTime.ofEpochSecond(seconds(receivedAtMicros), 0, ZoneOffset.UTC).getYear();
  }

  /** Index after the time read last. */
  int end() {
    return end;
  }

  /** Digits after the second of the time read last. */
  int fractionDigits() {
    return fractionDigits;
  }

  /**
   * {@code 2003-10-11T22:14:15.003Z} of RFC 3339 and its looser kin: a space or {@code t} for
   * {@code T}, {@code +0200}, no zone at all (then the origin's).
   */
  long iso(byte[] b, int from, int to) {
    if (to - from < 19 || b[from + 4] != '-' || b[from + 7] != '-') {
      return Micros.NONE;
    }
    byte between = b[from + 10];
    if (between != 'T' && between != ' ' && between != 't') {
      return Micros.NONE;
    }
    int y = number(b, from, from + 4);
    int month = number(b, from + 5, from + 7);
    int day = number(b, from + 8, from + 10);
    long clock = clock(b, from + 11, to);
    if (clock == Micros.NONE || !isDate(y, month, day)) {
      return Micros.NONE;
    }
    return zoned(b, days(y, month, day) * 86_400 * SECOND + clock, to);
  }

  /** {@code Oct 11 22:14:15} of RFC 3164, with the year and fraction that some senders add. */
  long bsd(byte[] b, int from, int to) {
    int month = to - from < 14 ? 0 : month(b, from);
    if (month == 0 || b[from + 3] != ' ') {
      return Micros.NONE;
    }
    int p = Ascii.skipSpaces(b, from + 3, to);
    int dayEnd = Ascii.skipDigits(b, p, to);
    int day = dayEnd - p > 2 ? -1 : number(b, p, dayEnd);
    if (day < 1 || dayEnd >= to || b[dayEnd] != ' ') {
      return Micros.NONE;
    }
    p = dayEnd + 1;
    int written = writtenYear(b, p, to);
    long clock = clock(b, written > 0 ? p + 5 : p, to);
    return clock == Micros.NONE ? Micros.NONE : dated(written, month, day, clock);
  }

  /** {@code 1990 Oct 22 10:52:01}, as a few senders write it. */
  long yearFirst(byte[] b, int from, int to) {
    int written = writtenYear(b, from, to);
    if (written < 0) {
      return Micros.NONE;
    }
    int kept = year;
    year = written;
    try {
      return bsd(b, from + 5, to);
    } finally {
      year = kept;
    }
  }

  /** {@code 11/Jan/2020:23:05:27 +0100} of access logs. */
  long clf(byte[] b, int from, int to) {
    if (to - from < 20 || b[from + 2] != '/' || b[from + 6] != '/' || b[from + 11] != ':') {
      return Micros.NONE;
    }
    int day = number(b, from, from + 2);
    int month = month(b, from + 3);
    int y = number(b, from + 7, from + 11);
    long clock = clock(b, from + 12, to);
    if (clock == Micros.NONE || !isDate(y, month, day)) {
      return Micros.NONE;
    }
    if (end < to && b[end] == ' ') {
      end++;
    }
    return zoned(b, days(y, month, day) * 86_400 * SECOND + clock, to);
  }

  /** {@code 30-Jun-2018 15:50:00.999} of BIND. */
  long bind(byte[] b, int from, int to) {
    if (to - from < 20 || b[from + 2] != '-' || b[from + 6] != '-' || b[from + 11] != ' ') {
      return Micros.NONE;
    }
    int day = number(b, from, from + 2);
    int month = month(b, from + 3);
    int y = number(b, from + 7, from + 11);
    long clock = clock(b, from + 12, to);
    return clock == Micros.NONE || !isDate(y, month, day)
        ? Micros.NONE
        : local(days(y, month, day) * 86_400 * SECOND + clock);
  }

  /** Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size. */
  long epoch(byte[] b, int from, int to) {
    int whole = Ascii.skipDigits(b, from, to);
    int digits = whole - from;
    if (digits < 9 || digits > 19) {
      return Micros.NONE;
    }
    long value = 0;
    for (int i = from; i < whole; i++) {
      value = value * 10 + b[i] - '0';
    }
    end = whole;
    long fraction = whole < to && b[whole] == '.' ? fraction(b, to) : 0;
    if (end != to || value < 0) {
      return Micros.NONE;
    }
    if (digits <= 11) {
      return value * SECOND + fraction;
    }
    return digits <= 14 ? value * 1000 + fraction / 1000 : digits <= 17 ? value : value / 1000;
  }

  /** Any of the times that JSON and key-value senders use. */
  long any(byte[] b, int from, int to) {
    long at = iso(b, from, to);
    if (at != Micros.NONE) {
      return at;
    }
    at = epoch(b, from, to);
    return at != Micros.NONE ? at : bsd(b, from, to);
  }

  /** {@code HH:mm:ss[.fraction]} as microseconds of the day. */
  private long clock(byte[] b, int from, int to) {
    if (to - from < 8 || b[from + 2] != ':' || b[from + 5] != ':') {
      return Micros.NONE;
    }
    int h = number(b, from, from + 2);
    int m = number(b, from + 3, from + 5);
    int s = number(b, from + 6, from + 8);
    if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59) {
      return Micros.NONE;
    }
    end = from + 8;
    fractionDigits = 0;
    boolean fraction = end + 1 < to && (b[end] == '.' || b[end] == ',') && isDigit(b[end + 1]);
    return (h * 3600L + m * 60L + s) * SECOND + (fraction ? fraction(b, to) : 0);
  }

  private long fraction(byte[] b, int to) {
    int digits = 0;
    long micros = 0;
    for (end++; end < to && isDigit(b[end]); end++, digits++) {
      if (digits < 6) {
        micros = micros * 10 + b[end] - '0';
      }
    }
    fractionDigits = digits;
    for (int i = digits; i < 6; i++) {
      micros *= 10;
    }
    return micros;
  }

  private long zoned(byte[] b, long local, int to) {
    if (end >= to) {
      return local(local);
    }
    byte mark = b[end];
    if (mark == 'Z' || mark == 'z') {
      end++;
      return local;
    }
    if (mark != '+' && mark != '-') {
      return local(local);
    }
    int colon = end + 3 < to && b[end + 3] == ':' ? 1 : 0;
    int hours = end + 3 <= to ? number(b, end + 1, end + 3) : -1;
    int minutes = end + 5 + colon <= to ? number(b, end + 3 + colon, end + 5 + colon) : -1;
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return Micros.NONE;
    }
    end += 5 + colon;
    long offset = (hours * 3600L + minutes * 60L) * SECOND;
    return mark == '+' ? local - offset : local + offset;
  }

  private long dated(int written, int month, int day, long clock) {
    int fixed = written > 0 ? written : year;
    if (fixed > 0) {
      return isDate(fixed, month, day)
          ? local(days(fixed, month, day) * 86_400 * SECOND + clock)
          : Micros.NONE;
    }
    return nearest(month, day, clock);
  }

  /**
   * The year that puts the date closest to the time of receipt: 31 December arrives on 1 January.
   */
  private long nearest(int month, int day, long clock) {
    long best = Micros.NONE;
    for (int y = receivedYear + 1; y >= receivedYear - 4; y--) {
      if (!isDate(y, month, day)) {
        continue;
      }
      long at = local(days(y, month, day) * 86_400 * SECOND + clock);
      if (best == Micros.NONE || Math.abs(at - receivedAt) < Math.abs(best - receivedAt)) {
        best = at;
      }
    }
    return best;
  }

  private long local(long local) {
    long seconds = seconds(local);
    long thisHour = Math.floorDiv(seconds, 900);
    if (thisHour != hour) {
      var at = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
      hourOffset = rules.getOffset(at).getTotalSeconds();
      hour = thisHour;
    }
    return local - hourOffset * SECOND;
  }

  private static long seconds(long micros) {
    return Math.floorDiv(micros, SECOND);
  }

  private static int writtenYear(byte[] b, int from, int to) {
    if (to - from < 5 || b[from + 4] != ' ') {
      return -1;
    }
    int written = number(b, from, from + 4);
    return written >= 1970 && written < 2200 ? written : -1;
  }

  private static int month(byte[] b, int from) {
    for (int m = 0; m < 12; m++) {
      int at = m * 3;
      if (MONTHS[at] == b[from] && MONTHS[at + 1] == b[from + 1] && MONTHS[at + 2] == b[from + 2]) {
        return m + 1;
      }
    }
    return 0;
  }

  private static boolean isDate(int y, int month, int day) {
    if (y < 0 || month < 1 || month > 12 || day < 1) {
      return false;
    }
    boolean leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
    return day
        <= (month == 2
            ? leap ? 29 : 28
            : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31);
  }

  /** Days from 1970-01-01 to a date of the Gregorian calendar, counting years from March. */
  private static long days(int y, int month, int day) {
    long from = month <= 2 ? y - 1 : y;
    long era = Math.floorDiv(from, 400);
    long yearOfEra = from - era * 400;
    long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
  }

  private static ZoneRules rules(String zone) {
    try {
      return ZoneId.of(zone).getRules();
    } catch (DateTimeException e) {
      return ZoneOffset.UTC.getRules();
    }
  }
}
