package mo.farol.parse;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import mo.farol.event.Micros;

/**
 * Dates as senders write them, to microseconds since 1970. Every method moves the cursor past what
 * it read.
 */
final class Times {
  private static final long DAY = 86_400_000_000L;
  private static final long MINUTE = 60_000_000L;
  private static final long SECOND = 1_000_000L;
  private static final byte[][] MONTHS = {
    Cursor.ascii("Jan"), Cursor.ascii("Feb"), Cursor.ascii("Mar"), Cursor.ascii("Apr"),
    Cursor.ascii("May"), Cursor.ascii("Jun"), Cursor.ascii("Jul"), Cursor.ascii("Aug"),
    Cursor.ascii("Sep"), Cursor.ascii("Oct"), Cursor.ascii("Nov"), Cursor.ascii("Dec")
  };

  private String zoneId = "UTC";
  private ZoneId zone = ZoneId.of("UTC");

  /**
   * RFC 3339 as RFC 5424 section 6.2.3 narrows it: upper-case T and Z, at most six digits of a
   * second.
   */
  long strict(Cursor c) {
    long local = date(c);
    if (local == Micros.NONE || !c.eat('T')) {
      return Micros.NONE;
    }
    long time = clock(c, 6);
    if (time == Micros.NONE) {
      return Micros.NONE;
    }
    long offset = offset(c, false);
    return offset == Micros.NONE ? Micros.NONE : local + time - offset;
  }

  /**
   * ISO 8601 as JSON and forwarders write it: T or blank, any fraction, offset with or without
   * colon, or none: then UTC.
   */
  long lenient(Cursor c) {
    long local = date(c);
    if (local == Micros.NONE || !(c.eat('T') || c.eat('t') || c.eat(' '))) {
      return Micros.NONE;
    }
    long time = clock(c, 12);
    if (time == Micros.NONE) {
      return Micros.NONE;
    }
    int next = c.peek();
    if (next != 'Z' && next != 'z' && next != '+' && next != '-') {
      return local + time;
    }
    long offset = offset(c, true);
    return offset == Micros.NONE ? Micros.NONE : local + time - offset;
  }

  /**
   * {@code Mmm d hh:mm:ss}, RFC 3164 section 4.1.2, with the year some senders add after the day.
   *
   * @param year year where the text has none, 0 for the one nearest to {@code received}
   */
  long bsd(Cursor c, int year, String zone, long received) {
    int month = month(c);
    if (month == 0 || !c.eat(' ')) {
      return Micros.NONE;
    }
    c.skipSpaces();
    int day = c.number(2);
    if (day < 1 || !c.eat(' ')) {
      return Micros.NONE;
    }
    int stated = statedYear(c);
    long time = clock(c, 9);
    if (time == Micros.NONE) {
      return Micros.NONE;
    }
    int chosen = stated > 0 ? stated : year;
    return chosen > 0
        ? zoned(chosen, month, day, time, zone)
        : nearest(month, day, time, zone, received);
  }

  /** {@code dd/Mmm/yyyy:hh:mm:ss +zzzz}, the common log format of web servers. */
  long commonLog(Cursor c) {
    int day = c.number(2);
    if (day < 0 || !c.eat('/')) {
      return Micros.NONE;
    }
    int month = month(c);
    if (month == 0 || !c.eat('/')) {
      return Micros.NONE;
    }
    int year = c.number(4);
    if (!c.eat(':') || !isDate(year, month, day)) {
      return Micros.NONE;
    }
    long time = clock(c, 6);
    if (time == Micros.NONE || !c.eat(' ')) {
      return Micros.NONE;
    }
    long offset = offset(c, true);
    return offset == Micros.NONE ? Micros.NONE : epochDay(year, month, day) * DAY + time - offset;
  }

  /** Seconds, milliseconds or microseconds since 1970, told apart by their size. */
  static long epoch(double value) {
    if (value < 1e8 || value > 1e17 || Double.isNaN(value)) {
      return Micros.NONE;
    }
    if (value < 1e11) {
      return Math.round(value * 1e6);
    }
    return value < 1e14 ? Math.round(value * 1e3) : (long) value;
  }

  private static long date(Cursor c) {
    int start = c.at;
    int year = c.number(4);
    if (c.at - start != 4 || !c.eat('-')) {
      return Micros.NONE;
    }
    int month = two(c);
    if (month < 0 || !c.eat('-')) {
      return Micros.NONE;
    }
    int day = two(c);
    return isDate(year, month, day) ? epochDay(year, month, day) * DAY : Micros.NONE;
  }

  private static long clock(Cursor c, int fractionDigits) {
    int hour = two(c);
    if (hour < 0 || hour > 23 || !c.eat(':')) {
      return Micros.NONE;
    }
    int minute = two(c);
    if (minute < 0 || minute > 59 || !c.eat(':')) {
      return Micros.NONE;
    }
    int second = two(c);
    if (second < 0 || second > 59) {
      return Micros.NONE;
    }
    long fraction = c.peek() == '.' || c.peek() == ',' ? fraction(c, fractionDigits) : 0;
    return fraction < 0 ? Micros.NONE : (hour * 60L + minute) * MINUTE + second * SECOND + fraction;
  }

  private static long fraction(Cursor c, int most) {
    c.at++;
    long micros = 0;
    int n = 0;
    for (; Cursor.isDigit(c.peek()); c.at++, n++) {
      if (n < 6) {
        micros = micros * 10 + c.peek() - '0';
      }
    }
    if (n == 0 || n > most) {
      return -1;
    }
    for (int i = n; i < 6; i++) {
      micros *= 10;
    }
    return micros;
  }

  private static long offset(Cursor c, boolean lenient) {
    if (c.eat('Z') || lenient && c.eat('z')) {
      return 0;
    }
    int sign = c.eat('+') ? 1 : c.eat('-') ? -1 : 0;
    int hours = sign == 0 ? -1 : two(c);
    if (hours < 0 || hours > 23 || !c.eat(':') && !lenient) {
      return Micros.NONE;
    }
    int minutes = two(c);
    if (minutes > 59 || minutes < 0 && !lenient) {
      return Micros.NONE;
    }
    return sign * (hours * 60L + Math.max(0, minutes)) * MINUTE;
  }

  private static int two(Cursor c) {
    int start = c.at;
    int n = c.number(2);
    return c.at - start == 2 ? n : -1;
  }

  private static int month(Cursor c) {
    for (int i = 0; i < MONTHS.length; i++) {
      if (c.eat(MONTHS[i])) {
        return i + 1;
      }
    }
    return 0;
  }

  private static int statedYear(Cursor c) {
    int start = c.at;
    int year = c.number(4);
    if (c.at - start == 4 && c.eat(' ')) {
      return year;
    }
    c.at = start;
    return 0;
  }

  private long nearest(int month, int day, long time, String zone, long received) {
    int around =
        LocalDateTime.ofEpochSecond(received / SECOND, 0, java.time.ZoneOffset.UTC).getYear();
    long best = Micros.NONE;
    for (int year = around - 1; year <= around + 1; year++) {
      long t = zoned(year, month, day, time, zone);
      if (t != Micros.NONE
          && (best == Micros.NONE || Math.abs(t - received) < Math.abs(best - received))) {
        best = t;
      }
    }
    return best;
  }

  private long zoned(int year, int month, int day, long time, String zone) {
    if (!isDate(year, month, day)) {
      return Micros.NONE;
    }
    long local = epochDay(year, month, day) * DAY + time;
    if (zone.equals("UTC")) {
      return local;
    }
    var wall =
        LocalDateTime.ofEpochSecond(Math.floorDiv(local, SECOND), 0, java.time.ZoneOffset.UTC);
    return local - rules(zone).getRules().getOffset(wall).getTotalSeconds() * SECOND;
  }

  private ZoneId rules(String id) {
    if (!id.equals(zoneId)) {
      try {
        zone = ZoneId.of(id);
      } catch (DateTimeException e) {
        zone = ZoneId.of("UTC");
      }
      zoneId = id;
    }
    return zone;
  }

  private static boolean isDate(int year, int month, int day) {
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  }

  private static int daysIn(int year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  // Days from civil date, counting years from March so that the leap day comes last.
  private static long epochDay(int year, int month, int day) {
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
  }
}
