package mo.farol.parse;

import static mo.farol.parse.Ascii.isDigit;
import static mo.farol.parse.Ascii.number;

import mo.farol.event.Micros;

/** The clock and the offset of a time; {@link #end} is the index after what was read last. */
final class Clock {
  static final long SECOND = 1_000_000;

  private final OriginTime origin;
  private int end;
  private int fractionDigits;
  private boolean hasZone;

  Clock(OriginTime origin) {
    this.origin = origin;
  }

  int end() {
    return end;
  }

  void end(int index) {
    end = index;
  }

  /** Digits after the second. */
  int fractionDigits() {
    return fractionDigits;
  }

  /** Whether an offset stood behind the clock. */
  boolean hasZone() {
    return hasZone;
  }

  /** {@code HH:mm:ss[.fraction]} as microseconds of the day. */
  long read(byte[] b, int from, int to) {
    return read(b, from, from + 2, to);
  }

  /** The same where the hour may have one digit. */
  long readLoose(byte[] b, int from, int to) {
    return read(b, from, from + 1 < to && b[from + 1] == ':' ? from + 1 : from + 2, to);
  }

  private long read(byte[] b, int from, int hourEnd, int to) {
    if (to - hourEnd < 6 || b[hourEnd] != ':' || b[hourEnd + 3] != ':') {
      return Micros.NONE;
    }
    int h = number(b, from, hourEnd);
    int m = number(b, hourEnd + 1, hourEnd + 3);
    int s = number(b, hourEnd + 4, hourEnd + 6);
    if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59) {
      return Micros.NONE;
    }
    end = hourEnd + 6;
    return (h * 3600L + m * 60L + s) * SECOND + fraction(b, to, true);
  }

  /** {@code HHmmss[.fraction]} as microseconds of the day. */
  long readCompact(byte[] b, int from, int to) {
    int digits = to - from < 6 ? -1 : number(b, from, from + 6);
    if (digits < 0 || digits >= 240_000 || digits / 100 % 100 > 59 || digits % 100 > 59) {
      return Micros.NONE;
    }
    end = from + 6;
    long seconds = digits / 10_000 * 3600L + digits / 100 % 100 * 60L + digits % 100;
    return seconds * SECOND + fraction(b, to, false);
  }

  /** Microseconds of a fraction that begins at {@link #end}, or 0. */
  long fraction(byte[] b, int to, boolean takesComma) {
    fractionDigits = 0;
    boolean mark = end + 1 < to && (b[end] == '.' || (takesComma && b[end] == ','));
    if (!mark || !isDigit(b[end + 1])) {
      return 0;
    }
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

  /** Takes {@code Z} or an offset right behind the clock, else the origin's zone. */
  long zoned(byte[] b, long local, int to) {
    byte mark = end < to ? b[end] : 0;
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

  /** A local time in the origin's zone. */
  long local(long local) {
    hasZone = false;
    return origin.utc(local);
  }
}
