package mo.farol.parse;

import static mo.farol.parse.Ascii.number;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import mo.farol.event.Micros;
import mo.farol.event.Origin;

/**
 * Reads times out of bytes as microseconds since 1970. Every method answers {@link Micros#NONE}
 * where there is no time, and otherwise leaves the index after it in {@link #end()}. Remembers the
 * year and zone of the origin; not thread-safe.
 */
final class Dates {
  private static final int SHORTEST_BSD = 14;

  private final OriginTime origin = new OriginTime();
  private final Clock clock = new Clock(origin);

  /** Takes over year, zone and time of receipt of a batch. */
  void open(Origin sender, long receivedAtMicros) {
    origin.open(sender, receivedAtMicros);
  }

  /** The origin's zone. */
  ZoneId zone() {
    return origin.zone();
  }

  /** Index after the time read last. */
  int end() {
    return clock.end();
  }

  /** Digits after the second of the time read last. */
  int fractionDigits() {
    return clock.fractionDigits();
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
    int year = number(b, from, from + 4);
    int month = number(b, from + 5, from + 7);
    long day = day(year, month, number(b, from + 8, from + 10));
    long time = clock.read(b, from + 11, to);
    return day == Micros.NONE || time == Micros.NONE ? Micros.NONE : clock.zoned(b, day + time, to);
  }

  /**
   * {@code Oct 11 22:14:15} of RFC 3164, with what some senders add: a day of the week before, the
   * month's whole name, the year before or after the clock, a fraction, an offset behind it.
   */
  long bsd(byte[] b, int from, int to) {
    return bsd(b, from, to, 0);
  }

  /** {@code 1990 Oct 22 10:52:01}, as a few senders write it. */
  long yearFirst(byte[] b, int from, int to) {
    int written = writtenYear(b, from, to);
    return written < 0 ? Micros.NONE : bsd(b, from + 5, to, written);
  }

  private long bsd(byte[] b, int from, int to, int yearBefore) {
    int p = to - from > 18 && b[from + 3] == ' ' && Days.isWeekday(b, from) ? from + 4 : from;
    int month = to - p < SHORTEST_BSD ? 0 : Days.month(b, p);
    if (month == 0) {
      return Micros.NONE;
    }
    int monthEnd = b[p + 3] == ' ' ? p + 3 : Days.monthEnd(b, p, to);
    p = Ascii.skipSpaces(b, monthEnd, to);
    int dayEnd = Ascii.skipDigits(b, p, Math.min(to, p + 3));
    int next = dayEnd < to && b[dayEnd] == ',' ? dayEnd + 1 : dayEnd;
    int day = dayEnd - p > 2 || p == monthEnd ? -1 : number(b, p, dayEnd);
    if (day < 1 || next >= to || b[next] != ' ') {
      return Micros.NONE;
    }
    p = Ascii.skipSpaces(b, next, to);
    int written = yearBefore > 0 ? yearBefore : writtenYear(b, p, to);
    if (yearBefore == 0 && written > 0) {
      p = Ascii.skipSpaces(b, b[p + 4] == ',' ? p + 5 : p + 4, to);
    }
    long time = clock.readLoose(b, p, to);
    return time == Micros.NONE ? Micros.NONE : dated(b, written, month, day, time, to);
  }

  /** {@code 31 March 2016 13:04:55}. */
  long dayFirst(byte[] b, int from, int to) {
    int dayEnd = Ascii.skipDigits(b, from, Math.min(to, from + 3));
    boolean fits = dayEnd > from && dayEnd - from < 3 && to - dayEnd > 17 && b[dayEnd] == ' ';
    int month = fits ? Days.month(b, dayEnd + 1) : 0;
    int p = month == 0 ? to : Days.monthEnd(b, dayEnd + 1, to) + 1;
    int year = to - p < 13 ? -1 : writtenYear(b, p, to);
    long day = year < 0 ? Micros.NONE : day(year, month, number(b, from, dayEnd));
    long time = day == Micros.NONE ? Micros.NONE : clock.readLoose(b, p + 5, to);
    return time == Micros.NONE ? Micros.NONE : offset(b, day + time, to);
  }

  /** {@code 11/Jan/2020:23:05:27 +0100} of access logs. */
  long clf(byte[] b, int from, int to) {
    long local = dayMonthYear(b, from, to, '/', ':');
    if (local == Micros.NONE) {
      return Micros.NONE;
    }
    int end = clock.end();
    clock.end(end < to && b[end] == ' ' ? end + 1 : end);
    return clock.zoned(b, local, to);
  }

  /** {@code 01/27-16:01:04.877970} of Snort and Suricata, with or without {@code /16}. */
  long monthDay(byte[] b, int from, int to) {
    int dash = Ascii.until(b, from, Math.min(to, from + 12), '-');
    int yearDigits = dash - from - 6;
    boolean fits = dash < to && b[from + 2] == '/' && (yearDigits < 0 || b[from + 5] == '/');
    if (!fits || (yearDigits != -1 && yearDigits != 2 && yearDigits != 4)) {
      return Micros.NONE;
    }
    int written = yearDigits < 0 ? -1 : number(b, from + 6, dash);
    int year = written >= 0 && written < 100 ? written + 2000 : written;
    int month = number(b, from, from + 2);
    long time = clock.read(b, dash + 1, to);
    return time == Micros.NONE || month < 1
        ? Micros.NONE
        : dated(b, year, month, number(b, from + 3, from + 5), time, to);
  }

  /** {@code 30-Jun-2018 15:50:00.999} of BIND. */
  long bind(byte[] b, int from, int to) {
    long local = dayMonthYear(b, from, to, '-', ' ');
    return local == Micros.NONE ? Micros.NONE : clock.local(local);
  }

  private long dayMonthYear(byte[] b, int from, int to, int mark, int between) {
    if (to - from < 20 || b[from + 2] != mark || b[from + 6] != mark || b[from + 11] != between) {
      return Micros.NONE;
    }
    int year = number(b, from + 7, from + 11);
    long day = day(year, Days.month(b, from + 3), number(b, from, from + 2));
    long time = clock.read(b, from + 12, to);
    return day == Micros.NONE || time == Micros.NONE ? Micros.NONE : day + time;
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
    clock.end(whole);
    long fraction = clock.fraction(b, to, false);
    if (clock.end() != to || value < 0) {
      return Micros.NONE;
    }
    if (digits <= 11) {
      return value * Clock.SECOND + fraction;
    }
    return digits <= 14 ? value * 1000 + fraction / 1000 : digits <= 17 ? value : value / 1000;
  }

  /** {@code 20260310T060014Z}, with or without the letters. */
  long compact(byte[] b, int from, int to) {
    int time = from + 8 < to && b[from + 8] == 'T' ? from + 9 : from + 8;
    int year = to < time + 6 ? -1 : number(b, from, from + 4);
    if (year < 1970 || year > 2199) {
      return Micros.NONE;
    }
    long day = day(year, number(b, from + 4, from + 6), number(b, from + 6, from + 8));
    long micros = day == Micros.NONE ? Micros.NONE : clock.readCompact(b, time, to);
    return micros == Micros.NONE ? Micros.NONE : clock.zoned(b, day + micros, to);
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
    at = at == Micros.NONE ? dayFirst(b, from, to) : at;
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
    long local = origin.local(at);
    if (newYear > 0) {
      var was = LocalDateTime.ofEpochSecond(Math.floorDiv(local, Clock.SECOND), 0, ZoneOffset.UTC);
      long days = was.withYear(newYear).toLocalDate().toEpochDay();
      local = days * Days.MICROS + Math.floorMod(local, Days.MICROS);
    }
    return seconds == ZoneWords.UNKNOWN ? clock.local(local) : local - seconds * Clock.SECOND;
  }

  /** Moves a time read in the origin's zone to the zone that a word behind it names. */
  private long named(byte[] b, long at, int to) {
    int end = clock.end();
    if (at == Micros.NONE || clock.hasZone() || end + 1 >= to || b[end] != ' ') {
      return at;
    }
    int word = end + 1;
    int wordEnd = ZoneWords.end(b, word, to);
    int seconds = wordEnd == word ? 0 : ZoneWords.seconds(b, word, wordEnd);
    boolean isOffset = wordEnd < to && (b[wordEnd] == '+' || b[wordEnd] == '-');
    if (seconds == ZoneWords.UNKNOWN || (wordEnd == word && !isOffset)) {
      return at;
    }
    long local = origin.local(at);
    clock.end(wordEnd);
    return isOffset ? clock.zoned(b, local, to) : local - seconds * Clock.SECOND;
  }

  /** Puts a clock on its day; what may stand behind it is a year or an offset. */
  private long dated(byte[] b, int written, int month, int day, long time, int to) {
    int end = clock.end();
    int later = written < 0 && end < to && b[end] == ' ' ? yearAt(b, end + 1, to) : -1;
    if (later > 0) {
      clock.end(end + 5);
    }
    int fixed = written > 0 ? written : later > 0 ? later : origin.year();
    if (fixed > 0) {
      long start = day(fixed, month, day);
      return start == Micros.NONE ? Micros.NONE : offset(b, start + time, to);
    }
    long local = origin.latest(month, day, time);
    return local == Micros.NONE ? Micros.NONE : offset(b, local, to);
  }

  /** Reads an offset right behind the clock, else takes the origin's zone. */
  private long offset(byte[] b, long local, int to) {
    int end = clock.end();
    boolean isOffset = end < to && (b[end] == '+' || b[end] == '-');
    return isOffset ? clock.zoned(b, local, to) : clock.local(local);
  }

  /** Microseconds of midnight, or {@link Micros#NONE} where there is no such day. */
  private static long day(int year, int month, int day) {
    return Days.isDate(year, month, day)
        ? Days.since1970(year, month, day) * Days.MICROS
        : Micros.NONE;
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
}
