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

  @Override
  public void refine(Draft draft, int from, int to) {
    draft.word(Fields.EVENT_DATASET, DATASET);
    byte[] b = draft.bytes();
    int time = timeIn(b, from, to);
    int close = time < 0 ? -1 : Ascii.find(b, time, to, ']');
    if (close < 0) {
      return;
    }
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

  /** {@code [host] client ident user}. */
  private static void client(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    int first = Ascii.until(b, from, to, ' ');
    boolean isAddress = Text.isAddress(b, from, first);
    draft.add(isAddress ? Fields.SOURCE_IP : Names.SOURCE_ADDRESS, from, first);
    int ident = Ascii.find(b, Math.min(first + 1, to), to, ' ');
    if (ident > 0 && !(to - ident == 2 && b[to - 1] == '-')) {
      draft.add(Fields.USER_NAME, ident + 1, to);
    }
  }

  /** {@code GET /path?query HTTP/1.1" 200 32805 "referrer" "agent"}; a quote may be escaped. */
  private static void request(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    int end = closing(b, from, to);
    int method = Ascii.until(b, from, end, ' ');
    int version = Text.findLast(b, method, end, HTTP);
    if (method < end) {
      draft.add(Names.METHOD, from, method);
      url(draft, method + 1, version < 0 ? end : version);
    } else {
      draft.add(Names.URL, from, end);
    }
    if (version > 0) {
      draft.add(Names.HTTP_VERSION, version + HTTP.length, end);
    }
    answer(draft, end + 1, to);
  }

  private static void url(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    draft.add(Names.URL, from, to);
    int query = Ascii.find(b, from, to, '?');
    draft.add(Names.URL_PATH, from, query < 0 ? to : query);
    if (query > 0) {
      draft.add(Names.URL_QUERY, query + 1, to);
    }
  }

  private static void answer(Draft draft, int from, int to) {
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
    quoted(draft, Names.USER_AGENT, next + 1, to);
  }

  private static int quoted(Draft draft, int field, int from, int to) {
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
