package mo.farol.parse;

import static mo.farol.parse.Ascii.isDigit;
import static mo.farol.parse.Ascii.isLetter;

import mo.farol.event.Micros;

/** The time at the start of a line of RFC 3164, as senders write it, and the zone behind it. */
final class BsdTime {
  private BsdTime() {}

  /** Takes the time that stands here; gives the index after it, or -1. */
  static int read(EventDraft draft, int from, int to) {
    if (from >= to) {
      return -1;
    }
    byte[] b = draft.bytes();
    var dates = draft.dates();
    long at = isLetter(b[from]) ? dates.bsd(b, from, to) : dates.iso(b, from, to);
    if (at == Micros.NONE && isDigit(b[from])) {
      at = unusual(dates, b, from, to);
    }
    int end = dates.end();
    if (at == Micros.NONE || (end < to && b[end] != ' ' && b[end] != ':')) {
      return -1;
    }
    draft.occurredAt(at);
    return end;
  }

  /**
   * {@code 1990 Oct 22 10:52:01}, {@code 22 Oct 1990 10:52:01}, seconds since 1970, {@code
   * 20260310T060014Z}.
   */
  private static long unusual(Dates dates, byte[] b, int from, int to) {
    long at = dates.yearFirst(b, from, to);
    if (at == Micros.NONE) {
      at = dates.dayFirst(b, from, to);
    }
    int word = Ascii.until(b, from, Math.min(to, from + 21), ' ');
    if (at == Micros.NONE && word - from >= 10) {
      at = b[from] == '1' || b[from] == '2' ? dates.epoch(b, from, word) : at;
      at = at == Micros.NONE ? dates.compact(b, from, word) : at;
    }
    return at;
  }

  /**
   * Takes over {@code UTC: } before a Cisco message, {@code +01:00 }, and {@code CST 1987 } with
   * the year.
   */
  static int zone(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int offset = ZoneWords.offsetEnd(b, from, to);
    if (offset > from && offset < to && b[offset] == ' ') {
      return zoned(draft, from, offset, -1, ZoneWords.offsetSeconds(b, from, offset), to);
    }
    int end = ZoneWords.end(b, from, to);
    if (end == from || end + 2 >= to) {
      return from;
    }
    boolean colon = b[end] == ':' && b[end + 1] == ' ';
    int year = b[end] == ' ' ? Dates.yearAt(b, end + 1, to) : -1;
    int seconds = ZoneWords.seconds(b, from, end);
    boolean isKnown = seconds != ZoneWords.UNKNOWN && (colon || b[end] == ' ');
    if (!isKnown && !(colon && b[end + 2] == '%') && year < 0) {
      return from;
    }
    return zoned(draft, from, end, year, seconds, to);
  }

  private static int zoned(EventDraft draft, int from, int end, int year, int seconds, int to) {
    draft.add(Names.TIMEZONE, from, end);
    draft.occurredAt(draft.dates().moved(draft.occurredAt(), year, seconds));
    boolean colon = draft.bytes()[end] == ':';
    return Ascii.skipSpaces(
        draft.bytes(), year < 0 ? colon ? end + 1 : end : Math.min(to, end + 5), to);
  }
}
