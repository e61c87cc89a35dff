package mo.farol.parse;

import static mo.farol.parse.Ascii.isDigit;
import static mo.farol.parse.Ascii.isLetter;

import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * RFC 3164 as senders write it: the time may be BSD or ISO, with or without a year, or missing; so
 * may host and tag; Cisco devices put a counter before and a colon after the time; rsyslog puts
 * structured data before its own messages. Text without a time is all message (section 4.3.3).
 */
final class Rfc3164 {
  private static final byte[] REPEATED = Ascii.bytes("last message repeated ");
  private static final byte[] NO_PRIORITY = Ascii.bytes("no priority");
  private static final int LONGEST_WORD = 255;

  private final StructuredData data = new StructuredData();
  private final Message message;

  Rfc3164(Message message) {
    this.message = message;
  }

  /** Reads what follows the priority. */
  @Nullable String read(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    int start = Ascii.skipSpaces(b, from, to);
    int p = counter(draft, start, to);
    int timed = time(draft, p, to);
    if (timed < 0) {
      tagged(draft, p > start ? afterUptime(b, p, to, start) : start, to);
      return null;
    }
    afterTime(draft, timed, to);
    return null;
  }

  /** Reads a frame without priority: user.notice, says section 4.3.3. */
  @Nullable String unmarked(Draft draft, int from, int to) {
    draft.severity(5);
    draft.word(Names.NOTE, NO_PRIORITY);
    return read(draft, from, to);
  }

  /** Whether a frame without priority begins with a time. */
  boolean hasTime(Draft draft, int from, int to) {
    return time(draft, from, to) >= 0;
  }

  /**
   * What Cisco devices put before the time: {@code counter: host: sequence: }, each of which may be
   * missing, and the {@code *} or {@code .} of a clock not in step.
   */
  private static int counter(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    int p = from;
    boolean isNamed = false;
    if (p < to && !isDigit(b[p]) && b[p] != '*' && b[p] != '.') {
      return p;
    }
    for (int part = 0; part < 3; part++) {
      int end = Ascii.until(b, p, Math.min(to, p + LONGEST_WORD), ':');
      if (end == p || end + 2 >= to || b[end] != ':' || b[end + 1] != ' ') {
        break;
      }
      boolean isNumber = Ascii.skipDigits(b, p, end) == end;
      if (isNumber) {
        draft.add(Names.SEQUENCE, p, end);
      } else if (part == 1 && !isNamed && !isDigit(b[p]) && isHost(b, p, end)) {
        draft.add(Fields.HOST_NAME, p, end);
        isNamed = true;
      } else {
        break;
      }
      p = Ascii.skipSpaces(b, end + 1, to);
    }
    return p < to && (b[p] == '*' || b[p] == '.') ? p + 1 : p;
  }

  /** Skips the {@code 2w3d: } or {@code 00:00:12: } since a device's start. */
  private static int afterUptime(byte[] b, int from, int to, int otherwise) {
    int end = Ascii.until(b, from, Math.min(to, from + 20), ' ');
    int next = from < to && b[from] == '%' ? from : end + 1;
    return next < to && b[next] == '%' ? next : otherwise;
  }

  /** Index after the time, or -1. */
  private static int time(Draft draft, int from, int to) {
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

  /** {@code 1990 Oct 22 10:52:01}, seconds since 1970, {@code 20260310T060014Z}. */
  private static long unusual(Dates dates, byte[] b, int from, int to) {
    long at = dates.yearFirst(b, from, to);
    int word = Ascii.until(b, from, Math.min(to, from + 21), ' ');
    if (at == Micros.NONE && word - from >= 10) {
      at = b[from] == '1' || b[from] == '2' ? dates.epoch(b, from, word) : at;
      at = at == Micros.NONE ? dates.compact(b, from, word) : at;
    }
    return at;
  }

  private void afterTime(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    int p = from;
    if (p < to && b[p] == ':') {
      tagged(draft, Ascii.skipSpaces(b, p + 1, to), to);
      return;
    }
    p = zone(draft, Ascii.skipSpaces(b, p, to), to);
    int end = Ascii.until(b, p, Math.min(to, p + LONGEST_WORD), ' ');
    if (draft.into().findOpen(Fields.HOST_NAME) >= 0 || !startsWithHost(b, p, end, to)) {
      if (end > p && isLevel(b, p, end)) {
        draft.add(Fields.LOG_LEVEL, p, end);
        draft.gradeWithoutPriority(Levels.code(b, p, end));
      }
      tagged(draft, p, to);
      return;
    }
    boolean colon = b[end - 1] == ':';
    draft.add(Fields.HOST_NAME, p, colon ? end - 1 : end);
    int next = Ascii.skipSpaces(b, end, to);
    if (next + 1 < to && b[next] == ':' && b[next + 1] == ' ') {
      next = Ascii.skipSpaces(b, next + 1, to);
    }
    relayed(draft, next, to);
  }

  /** Behind a relay's header the sender's own may follow: then that one tells time and host. */
  private void relayed(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    int timed = from < to && isLetter(b[from]) ? time(draft, from, to) : -1;
    int start = timed < 0 ? to : Ascii.skipSpaces(b, timed, to);
    int end = Ascii.until(b, start, Math.min(to, start + LONGEST_WORD), ' ');
    if (!startsWithHost(b, start, end, to)) {
      tagged(draft, timed < 0 ? from : start, to);
      return;
    }
    draft.into().rename(draft.into().findOpen(Fields.HOST_NAME), Names.RELAY);
    draft.add(Fields.HOST_NAME, start, b[end - 1] == ':' ? end - 1 : end);
    tagged(draft, Ascii.skipSpaces(b, end, to), to);
  }

  /** Takes over {@code UTC: } before a Cisco message, and {@code CST 1987 } with the year. */
  private static int zone(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
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
    draft.add(Names.TIMEZONE, from, end);
    draft.occurredAt(draft.dates().moved(draft.occurredAt(), year, seconds));
    return Ascii.skipSpaces(b, year < 0 ? end + 1 : end + 5, to);
  }

  /** Whether a word is a host: not a tag, not a mark, not the last word there is. */
  private static boolean startsWithHost(byte[] b, int from, int end, int to) {
    if (from >= end || end >= to || b[end] != ' ') {
      return false;
    }
    boolean colon = b[end - 1] == ':';
    if (colon && (end + 1 >= to || b[end + 1] != '%')) {
      return false;
    }
    if (Ascii.startsWith(b, from, to, REPEATED)) {
      return false;
    }
    return isHost(b, from, colon ? end - 1 : end);
  }

  /** {@code ERROR} and its like, in capitals as programs write them before their text. */
  private static boolean isLevel(byte[] b, int from, int end) {
    if (end - from > 9 || ZoneWords.capitals(b, from, end) < end) {
      return false;
    }
    return Levels.code(b, from, end) >= 0;
  }

  /** Whether a word has the look of a host name or address. */
  private static boolean isHost(byte[] b, int from, int end) {
    boolean hasColon = false;
    for (int i = from; i < end; i++) {
      byte c = b[i];
      hasColon |= c == ':';
      boolean fits =
          isLetter(c) || isDigit(c) || c == '-' || c == '.' || c == '_' || c == ':' || c < 0;
      if (!fits && c != '/' && c != '%' && c != '@' && c != '+') {
        return false;
      }
    }
    if (isLevel(b, from, end)) {
      return false;
    }
    byte first = b[from];
    boolean starts = isDigit(first) || isLetter(first) || first == ':' || first == '_' || first < 0;
    return end > from && starts && (!hasColon || Text.isAddress(b, from, end));
  }

  /** {@code tag[pid]: text}, or text alone. */
  private void tagged(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (from >= to) {
      return;
    }
    int end = Ascii.until(b, from, Math.min(to, from + LONGEST_WORD), ' ');
    int colon = tagEnd(b, from, end, to);
    if (colon < 0 || message.isPayload(draft, from, to)) {
      message.read(draft, from, to);
      return;
    }
    int open = colon > from && b[colon - 1] == ']' ? Ascii.findLast(b, from + 1, colon, '[') : -1;
    draft.app(from, open < 0 ? colon : open);
    if (open > 0) {
      draft.add(Fields.PROC_ID, open + 1, colon - 1);
    }
    int text = colon < to && b[colon] == ':' ? colon + 1 : colon;
    text = Ascii.skipSpaces(b, text, to);
    message.read(draft, data.readPlain(draft, text, to), to);
  }

  /** Index after a tag and its process id, or -1 where the word is none. */
  private static int tagEnd(byte[] b, int from, int end, int to) {
    if (b[from] == '%' || b[from] == '[' || b[from] == '"') {
      return -1;
    }
    boolean bracketed = b[from] == '(';
    if (bracketed && (end - from < 4 || b[end - 1] != ':' || b[end - 2] != ']')) {
      return -1;
    }
    if (b[end - 1] == ':') {
      return end - 1 > from ? end - 1 : -1;
    }
    int closed = Ascii.find(b, from, end - 1, ']');
    if (closed > from && b[closed + 1] == ':') {
      return closed + 1;
    }
    int inner = shortTag(b, from, end);
    if (inner > 0) {
      return inner;
    }
    boolean bracketFollows = end + 1 < to && b[end] == ' ' && b[end + 1] == '[';
    boolean isTag = bracketFollows && isLetter(b[from]) && isName(b, from, end);
    return isTag && !isLevel(b, from, end) ? end : -1;
  }

  /**
   * The colon of {@code app:text}, or -1. Section 4.1.3: a tag is up to 32 letters and digits, and
   * ends with the first other character; a drive, a URL or {@code a::b} is none.
   */
  private static int shortTag(byte[] b, int from, int end) {
    int colon = Ascii.find(b, from, Math.min(end, from + 33), ':');
    if (colon < from + 2 || colon + 1 >= end || !isLetter(b[from]) || !isName(b, from, colon)) {
      return -1;
    }
    byte next = b[colon + 1];
    return next == '/' || next == ':' || next == '\\' || isDigit(next) ? -1 : colon;
  }

  private static boolean isName(byte[] b, int from, int end) {
    for (int i = from; i < end; i++) {
      byte c = b[i];
      if (!isLetter(c) && !isDigit(c) && c != '_' && c != '-' && c != '.' && c != '/') {
        return false;
      }
    }
    return true;
  }
}
