package mo.farol.parse;

import mo.farol.event.Fields;
import mo.farol.event.Micros;

/**
 * The combined log format of web servers: {@code client ident user [date] "request" status bytes
 * "referrer" "agent"}.
 */
final class AccessLog implements Dialect {
  private static final byte[] DATASET = Cursor.ascii("httpd");
  private static final byte[] HTTP = Cursor.ascii(" HTTP/");
  private final Times times;

  AccessLog(Times times) {
    this.times = times;
  }

  /** Whether the text at the cursor looks like one: an open bracket after three words. */
  boolean isOne(Cursor c) {
    int start = c.at;
    boolean yes = skipWords(c, 3) && c.peek() == '[';
    if (yes) {
      c.at++;
      yes = times.commonLog(c) != Micros.NONE;
    }
    c.at = start;
    return yes;
  }

  @Override
  public void read(Line line) {
    var c = line.cursor;
    if (!isOne(c)) {
      return;
    }
    line.put(Fields.EVENT_DATASET, DATASET);
    line.put(Fields.EVENT_CATEGORY, Name.WEB);
    put(line, Fields.SOURCE_IP, word(c));
    word(c);
    put(line, Fields.USER_NAME, word(c));
    c.eat('[');
    long at = times.commonLog(c);
    if (line.occurredAt == Micros.NONE) {
      line.occurredAt = at;
    }
    c.eat(']');
    c.eat(' ');
    request(line);
    put(line, Name.STATUS, word(c));
    put(line, Name.BODY_BYTES, word(c));
    quoted(line, Name.REFERRER);
    quoted(line, Name.USER_AGENT);
  }

  private void request(Line line) {
    var c = line.cursor;
    if (!c.eat('"')) {
      return;
    }
    int close = closingQuote(c);
    int method = c.find(' ');
    if (method < close) {
      line.put(Name.METHOD, c.at, method);
      c.at = method + 1;
      int end = c.end;
      c.end = close;
      int version = c.find(HTTP);
      c.end = end;
      url(line, c.at, version < 0 ? close : version);
      if (version >= 0) {
        line.put(Name.HTTP_VERSION, version + HTTP.length, close);
      }
    } else {
      line.put(Name.URL_ORIGINAL, c.at, close);
    }
    c.at = Math.min(close + 1, c.end);
    c.eat(' ');
  }

  private static void url(Line line, int from, int to) {
    line.put(Name.URL_ORIGINAL, from, to);
    int query = from;
    while (query < to && line.cursor.bytes[query] != '?') {
      query++;
    }
    line.put(Name.URL_PATH, from, query);
    line.put(Name.URL_QUERY, Math.min(query + 1, to), to);
  }

  private void quoted(Line line, int field) {
    var c = line.cursor;
    if (c.eat('"')) {
      int close = closingQuote(c);
      put(line, field, c.at, close);
      c.at = Math.min(close + 1, c.end);
      c.eat(' ');
    }
  }

  private static int closingQuote(Cursor c) {
    int i = c.at;
    while (i < c.end && c.bytes[i] != '"') {
      i += c.bytes[i] == '\\' ? 2 : 1;
    }
    return Math.min(i, c.end);
  }

  private int wordFrom;

  // Steps over a word and the blank after it; returns its end, its start is in wordFrom.
  private int word(Cursor c) {
    wordFrom = c.at;
    int to = c.find(' ');
    c.at = Math.min(to + 1, c.end);
    return to;
  }

  private void put(Line line, int field, int to) {
    put(line, field, wordFrom, to);
  }

  private static void put(Line line, int field, int from, int to) {
    boolean dash = to - from == 1 && line.cursor.bytes[from] == '-';
    if (!dash) {
      line.put(field, from, to);
    }
  }

  private static boolean skipWords(Cursor c, int count) {
    for (int i = 0; i < count; i++) {
      int to = c.find(' ');
      if (to == c.at || to == c.end || to - c.at > 255) {
        return false;
      }
      c.at = to + 1;
    }
    return true;
  }
}
