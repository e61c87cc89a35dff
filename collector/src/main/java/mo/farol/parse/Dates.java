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
  private static final long SECOND = 1_000_000;
  private static final long AHEAD = 7 * 86_400 * SECOND;

  private String zone = "UTC";
  private ZoneId zoneId = ZoneOffset.UTC;
  private ZoneRules rules = ZoneOffset.UTC.getRules();
  private int year;
  private long receivedAt;
  private int receivedYear;
  private long hour = Long.MIN_VALUE;
  private int hourOffset;
  private int end;
  private int fractionDigits;
  private boolean hasZone;

  /** Takes over year, zone and time of receipt of a batch. */
  void open(Origin origin, long receivedAtMicros) {
    if (!origin.zone().equals(zone)) {
      zone = origin.zone();
      zoneId = zoneOf(zone);
      rules = zoneId.getRules();
      hour = Long.MIN_VALUE;
    }
    year = origin.year();
    receivedAt = receivedAtMicros;
    receivedYear =
        LocalDateTime.ofEpochSecond(seconds(receivedAtMicros), 0, ZoneOffset.UTC).getYear();
  }

  /** The origin's zone. */
  ZoneId zone() {
    return zoneId;
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
   * {@code T}, slashes, {@code +0200}, no zone at all (then the origin's).
   */
  long iso(byte[] b, int from, int to) {
    if (to - from < 19
        || (b[from + 4] != '-' && b[from + 4] != '/')
        || b[from + 7] != b[from + 4]) {
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
    if (clock == Micros.NONE || !Days.isDate(y, month, day)) {
      return Micros.NONE;
    }
    return zoned(b, Days.since1970(y, month, day) * 86_400 * SECOND + clock, to);
  }

  /**
   * {@code Oct 11 22:14:15} of RFC 3164, with what some senders add: a day of the week before, the
   * year before or after the clock, a fraction, an offset behind it.
   */
  long bsd(byte[] b, int from, int to) {
    int p = to - from > 18 && b[from + 3] == ' ' && Days.isWeekday(b, from) ? from + 4 : from;
    int month = to - p < 14 ? 0 : Days.month(b, p);
    if (month == 0 || b[p + 3] != ' ') {
      return Micros.NONE;
    }
    p = Ascii.skipSpaces(b, p + 3, to);
    int dayEnd = Ascii.skipDigits(b, p, to);
    int day = dayEnd - p > 2 ? -1 : number(b, p, dayEnd);
    int next = dayEnd < to && b[dayEnd] == ',' ? dayEnd + 1 : dayEnd;
    if (day < 1 || next >= to || b[next] != ' ') {
      return Micros.NONE;
    }
    p = next + 1;
    int written = writtenYear(b, p, to);
    if (written > 0) {
      p = Ascii.skipSpaces(b, b[p + 4] == ',' ? p + 5 : p + 4, to);
    }
    long clock = clock(b, p, to);
    return clock == Micros.NONE ? Micros.NONE : dated(b, written, month, day, clock, to);
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
    int month = Days.month(b, from + 3);
    int y = number(b, from + 7, from + 11);
    long clock = clock(b, from + 12, to);
    if (clock == Micros.NONE || !Days.isDate(y, month, day)) {
      return Micros.NONE;
    }
    if (end < to && b[end] == ' ') {
      end++;
    }
    return zoned(b, Days.since1970(y, month, day) * 86_400 * SECOND + clock, to);
  }

  /** {@code 30-Jun-2018 15:50:00.999} of BIND. */
  long bind(byte[] b, int from, int to) {
    if (to - from < 20 || b[from + 2] != '-' || b[from + 6] != '-' || b[from + 11] != ' ') {
      return Micros.NONE;
    }
    int day = number(b, from, from + 2);
    int month = Days.month(b, from + 3);
    int y = number(b, from + 7, from + 11);
    long clock = clock(b, from + 12, to);
    return clock == Micros.NONE || !Days.isDate(y, month, day)
        ? Micros.NONE
        : local(Days.since1970(y, month, day) * 86_400 * SECOND + clock);
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

  /** {@code 20260310T060014Z}, with or without the letters. */
  long compact(byte[] b, int from, int to) {
    int time = from + 8 < to && b[from + 8] == 'T' ? from + 9 : from + 8;
    if (to < time + 6 || Ascii.skipDigits(b, from, to) < from + 8) {
      return Micros.NONE;
    }
    int y = number(b, from, from + 4);
    int month = number(b, from + 4, from + 6);
    int day = number(b, from + 6, from + 8);
    int clock = number(b, time, time + 6);
    boolean isClock = clock >= 0 && clock < 240_000 && clock / 100 % 100 < 60 && clock % 100 < 60;
    if (!isClock || y < 1970 || y > 2199 || !Days.isDate(y, month, day)) {
      return Micros.NONE;
    }
    end = time + 6;
    fractionDigits = 0;
    long seconds = clock / 10_000 * 3600L + clock / 100 % 100 * 60L + clock % 100;
    long fraction = end + 1 < to && b[end] == '.' && isDigit(b[end + 1]) ? fraction(b, to) : 0;
    long day0 = Days.since1970(y, month, day) * 86_400;
    return zoned(b, (day0 + seconds) * SECOND + fraction, to);
  }

  /** Any of the times that JSON and key-value senders use, alone in its range. */
  long any(byte[] b, int from, int to) {
    if (to - from < 9 || to - from > 64) {
      return Micros.NONE;
    }
    if (Ascii.isLetter(b[from])) {
      return named(b, bsd(b, from, to), to);
    }
    long at = iso(b, from, to);
    if (at != Micros.NONE) {
      return named(b, at, to);
    }
    at = epoch(b, from, to);
    if (at == Micros.NONE) {
      at = compact(b, from, to);
    }
    return at != Micros.NONE ? at : clf(b, from, to);
  }

  /**
   * A time read in the origin's zone, with the year and the zone that stood behind it.
   *
   * @param newYear or -1 where none was written
   * @param seconds east of Greenwich, or {@link ZoneWords#UNKNOWN}
   */
  long moved(long at, int newYear, int seconds) {
    if (at == Micros.NONE) {
      return at;
    }
    long local = at + hourOffset * SECOND;
    if (newYear > 0) {
      var was = LocalDateTime.ofEpochSecond(seconds(local), 0, ZoneOffset.UTC);
      long days = was.withYear(newYear).toLocalDate().toEpochDay();
      local = days * 86_400 * SECOND + Math.floorMod(local, 86_400 * SECOND);
    }
    return seconds == ZoneWords.UNKNOWN ? local(local) : local - seconds * SECOND;
  }

  /** Moves a time read in the origin's zone to the zone that a word behind it names. */
  private long named(byte[] b, long at, int to) {
    if (at == Micros.NONE || hasZone || end + 1 >= to || b[end] != ' ') {
      return at;
    }
    int word = end + 1;
    int wordEnd = ZoneWords.end(b, word, to);
    int seconds = wordEnd == word ? 0 : ZoneWords.seconds(b, word, wordEnd);
    boolean isOffset = wordEnd < to && (b[wordEnd] == '+' || b[wordEnd] == '-');
    if (seconds == ZoneWords.UNKNOWN || (wordEnd == word && !isOffset)) {
      return at;
    }
    long local = at + hourOffset * SECOND;
    end = wordEnd;
    return isOffset ? zoned(b, local, to) : local - seconds * SECOND;
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
      hasZone = true;
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
    hasZone = true;
    long offset = (hours * 3600L + minutes * 60L) * SECOND;
    return mark == '+' ? local - offset : local + offset;
  }

  /** Puts a clock on its day; what may stand behind it is a year or an offset. */
  private long dated(byte[] b, int written, int month, int day, long clock, int to) {
    int later = written < 0 && end < to && b[end] == ' ' ? yearAt(b, end + 1, to) : -1;
    if (later > 0) {
      end += 5;
    }
    int fixed = written > 0 ? written : later > 0 ? later : year;
    if (fixed > 0) {
      return Days.isDate(fixed, month, day)
          ? offset(b, Days.since1970(fixed, month, day) * 86_400 * SECOND + clock, to)
          : Micros.NONE;
    }
    long at = latest(month, day, clock);
    return at == Micros.NONE ? at : offset(b, at + hourOffset * SECOND, to);
  }

  /** Reads an offset right behind the clock, else takes the origin's zone. */
  private long offset(byte[] b, long local, int to) {
    return end < to && (b[end] == '+' || b[end] == '-') ? zoned(b, local, to) : local(local);
  }

  /**
   * The last year in which the date is not more than a week ahead of the time of receipt: 31
   * December arrives on 1 January, and a sender's clock may run ahead of ours.
   */
  private long latest(int month, int day, long clock) {
    for (int y = receivedYear + 1; y >= receivedYear - 8; y--) {
      if (Days.isDate(y, month, day)) {
        long at = Days.since1970(y, month, day) * 86_400 * SECOND + clock;
        if (at - receivedAt <= AHEAD) {
          return local(at);
        }
      }
    }
    return Micros.NONE;
  }

  private long local(long local) {
    hasZone = false;
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

  /** A year that more text follows, or -1. */
  private static int writtenYear(byte[] b, int from, int to) {
    boolean follows = to - from > 5 && (b[from + 4] == ' ' || b[from + 4] == ',');
    return follows ? yearAt(b, from, to) : -1;
  }

  /** A year of four digits, or -1. */
  static int yearAt(byte[] b, int from, int to) {
    int after = from + 4;
    boolean ends = after == to || (after < to && (b[after] == ' ' || b[after] == ','));
    if (!ends && !(after + 1 < to && b[after] == ':' && b[after + 1] == ' ')) {
      return -1;
    }
    int written = number(b, from, from + 4);
    return written >= 1970 && written < 2200 ? written : -1;
  }

  private static ZoneId zoneOf(String zone) {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }
}
