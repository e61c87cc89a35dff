package mo.farol.parse;

import static mo.farol.parse.Ascii.isDigit;
import static mo.farol.parse.Ascii.isLetter;

import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * RFC 3164 as senders write it: the time may be BSD or ISO, with or without a year, or missing; so
 * may host and tag; Cisco devices put a counter before and a colon after the time. Text without a
 * time is all message (section 4.3.3).
 */
final class Rfc3164 {
  private static final byte[] REPEATED = Ascii.bytes("last message repeated ");
  private static final byte[] NO_PRIORITY = Ascii.bytes("no priority");
  private static final int LONGEST_WORD = 255;

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
      tagged(draft, start, to);
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

  /** {@code 123: } of Cisco, and the {@code *} or {@code .} that marks a clock not in step. */
  private static int counter(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    int end = Ascii.skipDigits(b, from, to);
    int p = from;
    if (end > from && end + 1 < to && b[end] == ':' && b[end + 1] == ' ') {
      draft.add(Names.SEQUENCE, from, end);
      p = Ascii.skipSpaces(b, end + 1, to);
    }
    return p < to && (b[p] == '*' || b[p] == '.') ? p + 1 : p;
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
      at = dates.yearFirst(b, from, to);
    }
    int end = dates.end();
    if (at == Micros.NONE || (end < to && b[end] != ' ' && b[end] != ':')) {
      return -1;
    }
    draft.occurredAt(at);
    return end;
  }

  private void afterTime(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    int p = from;
    if (p < to && b[p] == ':') {
      tagged(draft, Ascii.skipSpaces(b, p + 1, to), to);
      return;
    }
    p = zoneName(b, Ascii.skipSpaces(b, p, to), to);
    int end = Ascii.until(b, p, Math.min(to, p + LONGEST_WORD), ' ');
    if (!isHost(b, p, end, to)) {
      tagged(draft, p, to);
      return;
    }
    boolean colon = b[end - 1] == ':';
    draft.add(Fields.HOST_NAME, p, colon ? end - 1 : end);
    int next = Ascii.skipSpaces(b, end, to);
    if (next + 1 < to && b[next] == ':' && b[next + 1] == ' ') {
      next = Ascii.skipSpaces(b, next + 1, to);
    }
    tagged(draft, next, to);
  }

  /** Skips {@code UTC: } between a Cisco time and its message. */
  private static int zoneName(byte[] b, int from, int to) {
    int p = from;
    while (p < to && p - from < 5 && b[p] >= 'A' && b[p] <= 'Z') {
      p++;
    }
    boolean named = p > from && p + 2 < to && b[p] == ':' && b[p + 1] == ' ' && b[p + 2] == '%';
    return named ? p + 2 : from;
  }

  /** Whether a word is a host: not a tag, not a mark, not the last word there is. */
  private static boolean isHost(byte[] b, int from, int end, int to) {
    if (from >= end || end >= to || b[end] != ' ') {
      return false;
    }
    if (b[end - 1] == ':' && (end + 1 >= to || b[end + 1] != '%')) {
      return false;
    }
    if (Ascii.startsWith(b, from, to, REPEATED) || isYear(b, end + 1, to)) {
      return false;
    }
    byte first = b[from];
    return isDigit(first) || isLetter(first) || first == ':' || first == '_' || first < 0;
  }

  private static boolean isYear(byte[] b, int from, int to) {
    int value = from + 4 < to && b[from + 4] == ' ' ? Ascii.number(b, from, from + 4) : -1;
    return value >= 1970 && value < 2200;
  }

  /** {@code tag[pid]: text}, or text alone. */
  private void tagged(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (from >= to) {
      return;
    }
    int end = Ascii.until(b, from, Math.min(to, from + LONGEST_WORD), ' ');
    int colon = tagEnd(b, from, end, to);
    if (colon < 0 || message.isPayload(b, from, to)) {
      message.read(draft, from, to);
      return;
    }
    int open = colon > from && b[colon - 1] == ']' ? Ascii.findLast(b, from + 1, colon, '[') : -1;
    draft.app(from, open < 0 ? colon : open);
    if (open > 0) {
      draft.add(Fields.PROC_ID, open + 1, colon - 1);
    }
    int text = colon < to && b[colon] == ':' ? colon + 1 : colon;
    message.read(draft, Ascii.skipSpaces(b, text, to), to);
  }

  /** Index after a tag and its process id, or -1 where the word is none. */
  private static int tagEnd(byte[] b, int from, int end, int to) {
    if (b[from] == '%' || b[from] == '[' || b[from] == '"' || b[from] == '(') {
      return -1;
    }
    if (b[end - 1] == ':') {
      return end - 1 > from ? end - 1 : -1;
    }
    int closed = Ascii.find(b, from, end - 1, ']');
    if (closed > from && b[closed + 1] == ':') {
      return closed + 1;
    }
    boolean bracketFollows = end + 1 < to && b[end] == ' ' && b[end + 1] == '[';
    return bracketFollows && isLetter(b[from]) && isName(b, from, end) ? end : -1;
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
