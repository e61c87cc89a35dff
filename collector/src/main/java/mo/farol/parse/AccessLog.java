package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;
import mo.farol.event.Micros;

/** The combined and common log format of Apache httpd and nginx, with or without a host before. */
final class AccessLog implements Refiner {
  private static final byte[] DATASET = bytes("httpd");
  private static final byte[] ACCESS = bytes("http-request");
  private static final byte[] HTTP = bytes(" HTTP/");
  private static final byte[] TIME = bytes(" [");

  private final WebErrors errors = new WebErrors();

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int time = timeIn(b, from, to);
    int close = time < 0 ? -1 : Ascii.find(b, time, to, ']');
    if (close < 0) {
      draft.word(Fields.EVENT_DATASET, DATASET);
      errors.refine(draft, from, to);
      return;
    }
    draft.word(Fields.EVENT_DATASET, DATASET);
    draft.word(Fields.EVENT_CATEGORY, Words.WEB);
    draft.word(Fields.EVENT_ACTION, ACCESS);
    client(draft, from, time - TIME.length);
    if (draft.occurredAt() == Micros.NONE) {
      draft.occurredAt(draft.dates().clf(b, time, close));
    }
    int quote = close + 2;
    if (quote < to && b[quote] == '"') {
      request(draft, quote + 1, to);
    }
  }

  /** Index of a time of an access log after the client and two more words, or -1. */
  static int timeIn(byte[] b, int from, int to) {
    int limit = Math.min(to, from + 512);
    int at = Ascii.find(b, from, limit, TIME);
    int time = at + TIME.length;
    boolean looks = at > from && time + 20 < to && b[time + 2] == '/' && b[time + 11] == ':';
    return looks ? time : -1;
  }

  /** {@code [host[:port]] client[, proxy] ident user}. */
  private static void client(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int first = Ascii.until(b, from, to, ' ');
    int second = Ascii.until(b, Math.min(first + 1, to), to, ' ');
    int at = from;
    if (!isAddress(b, from, first) && isAddress(b, first + 1, second)) {
      host(draft, from, first);
      at = first + 1;
    }
    int end = Ascii.until(b, at, to, ' ');
    boolean isList = end > at && b[end - 1] == ',';
    int last = isList ? end - 1 : end;
    if (isAddress(b, at, last)) {
      draft.add(Fields.SOURCE_IP, at, last);
    } else {
      draft.add(Names.SOURCE_ADDRESS, at, last);
      draft.add(Names.SOURCE_DOMAIN, at, last);
    }
    while (isList && end < to) {
      int next = Ascii.until(b, end + 1, to, ' ');
      isList = b[next - 1] == ',';
      end = next;
    }
    user(draft, Ascii.find(b, Math.min(end + 1, to), to, ' '), to);
  }

  /** What follows the second space, unless it is {@code -} or an empty pair of quotes. */
  private static void user(EventDraft draft, int space, int to) {
    byte[] b = draft.bytes();
    boolean isNone = to - space == 2 && b[to - 1] == '-';
    boolean isEmpty = to - space == 3 && b[to - 1] == '"' && b[to - 2] == '"';
    if (space > 0 && !isNone && !isEmpty) {
      draft.add(Fields.USER_NAME, space + 1, to);
    }
  }

  private static void host(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int colon = Ascii.findLast(b, from, to, ':');
    draft.add(Names.URL_DOMAIN, from, colon > from ? colon : to);
    if (colon > from) {
      draft.add(Names.URL_PORT, colon + 1, Ascii.skipDigits(b, colon + 1, to));
    }
  }

  /** An address, the comma of a list behind it left aside. */
  private static boolean isAddress(byte[] b, int from, int to) {
    boolean comma = to > from && b[to - 1] == ',';
    return from < to && Text.isAddress(b, from, comma ? to - 1 : to);
  }

  /** {@code GET /path?query HTTP/1.1" 200 32805 "referrer" "agent"}; a quote may be escaped. */
  private static void request(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int end = closing(b, from, to);
    int method = Ascii.until(b, from, end, ' ');
    int version = Text.findLast(b, method, end, HTTP);
    if (method < end && isMethod(b, from, method)) {
      draft.add(Names.METHOD, from, method);
      Urls.add(draft, method + 1, version < 0 ? end : version);
    } else if (end - from != 1 || b[from] != '-') {
      draft.add(Names.URL, from, end);
    }
    if (version > 0) {
      draft.add(Names.HTTP_VERSION, version + HTTP.length, end);
    }
    answer(draft, end + 1, to);
  }

  /** Letters, and the - and _ of the methods of WebDAV and others. */
  private static boolean isMethod(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Ascii.isLetter(b[i]) && b[i] != '-' && b[i] != '_') {
        return false;
      }
    }
    return to > from && to - from <= 32;
  }

  private static void answer(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int status = Ascii.skipSpaces(b, from, to);
    int statusEnd = Ascii.until(b, status, to, ' ');
    if (Ascii.number(b, status, statusEnd) >= 0) {
      draft.add(Names.STATUS, status, statusEnd);
      draft.word(Fields.EVENT_OUTCOME, b[status] < '4' ? Words.SUCCESS : Words.FAILURE);
    }
    int size = Math.min(statusEnd + 1, to);
    int sizeEnd = Ascii.until(b, size, to, ' ');
    if (Ascii.skipDigits(b, size, sizeEnd) == sizeEnd) {
      draft.add(Names.BODY_BYTES, size, sizeEnd);
    }
    int next = quoted(draft, Names.REFERRER, sizeEnd + 1, to);
    int last = quoted(draft, Names.USER_AGENT, next + 1, to);
    int forwarded = last + 2;
    if (forwarded < to && b[last + 1] == '"') {
      int close = Ascii.until(b, forwarded, to, '"');
      if (Text.isAddress(b, forwarded, Ascii.until(b, forwarded, close, ','))) {
        draft.add(Names.FORWARDED_IP, forwarded, Ascii.until(b, forwarded, close, ','));
      }
    }
  }

  private static int quoted(EventDraft draft, int field, int from, int to) {
    byte[] b = draft.bytes();
    if (from >= to || b[from] != '"') {
      return to;
    }
    int end = closing(b, from + 1, to);
    if (end - from != 2 || b[from + 1] != '-') {
      draft.add(field, from + 1, end);
    }
    return end + 1;
  }

  /** Index of the quote that ends a value. */
  private static int closing(byte[] b, int from, int to) {
    int p = from;
    while (p < to && b[p] != '"') {
      p += b[p] == '\\' ? 2 : 1;
    }
    return Math.min(p, to);
  }
}
