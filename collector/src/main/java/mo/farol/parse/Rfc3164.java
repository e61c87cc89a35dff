package mo.farol.parse;

import mo.farol.event.Fields;
import mo.farol.event.Micros;
import mo.farol.event.Origin;

/**
 * BSD syslog as senders really write it, RFC 3164 being a record of practice: every part may be
 * missing.
 */
final class Rfc3164 {
  private static final int TAG_LIMIT = 64;
  private final Times times;

  Rfc3164(Times times) {
    this.times = times;
  }

  /** Reads from the date on; the cursor stands after the PRI, where there was one. */
  void read(Line line, Origin origin, long received) {
    var c = line.cursor;
    if (date(line, origin, received)) {
      c.eat(':'); // Cisco ends its date with a colon
      c.skipSpaces();
      host(line);
    }
    tag(line);
    c.skipSpaces();
    line.message(c.at, c.end);
  }

  /** Whether a date stands at the cursor, without moving it. */
  boolean isDated(Cursor c) {
    int start = c.at;
    boolean dated = times.bsd(c, 2024, "UTC", 0) != Micros.NONE;
    if (!dated) {
      c.at = start;
      dated = times.lenient(c) != Micros.NONE;
    }
    c.at = start;
    return dated;
  }

  private boolean date(Line line, Origin origin, long received) {
    var c = line.cursor;
    int start = c.at;
    line.occurredAt =
        Cursor.isDigit(c.peek())
            ? times.lenient(c)
            : times.bsd(c, origin.year(), origin.zone(), received);
    boolean found =
        line.occurredAt != Micros.NONE && (c.isAtEnd() || c.peek() == ' ' || c.peek() == ':');
    if (!found) {
      line.occurredAt = Micros.NONE;
      c.at = start;
    }
    return found;
  }

  private static void host(Line line) {
    var c = line.cursor;
    int to = c.find(' ');
    boolean tagged =
        to > c.at && (c.bytes[to - 1] == ':' || c.bytes[c.at] == '%' || c.bytes[c.at] == '[');
    if (to == c.end || to == c.at || tagged || holds(c, '[', to)) {
      return; // a tag stands here, or nothing but a word: no host was sent
    }
    line.host(c.at, to);
    c.at = to + 1;
  }

  private static boolean holds(Cursor c, int b, int to) {
    for (int i = c.at; i < to; i++) {
      if (c.bytes[i] == b) {
        return true;
      }
    }
    return false;
  }

  private static void tag(Line line) {
    var c = line.cursor;
    int from = c.at;
    if (c.peek() == '%' || c.peek() == '[' || c.peek() == '{') {
      return;
    }
    int i = from;
    int limit = Math.min(c.end, from + TAG_LIMIT);
    while (i < limit && !endsTag(c, i)) {
      i++;
    }
    if (i == from || i == c.end || i == limit) {
      return;
    }
    if (c.bytes[i] == '[') {
      bracketed(line, from, i);
    } else if (c.bytes[i] == ':') {
      line.app(from, i);
      c.at = i + 1;
    } else if (i + 1 < c.end && c.bytes[i + 1] == '[') {
      line.app(from, i); // a tag ended by a blank is believed only before a bracket
      c.at = i + 1;
    }
  }

  private static boolean endsTag(Cursor c, int i) {
    byte b = c.bytes[i];
    return b == ' ' || b == '[' || b == ':' && (i + 1 == c.end || c.bytes[i + 1] == ' ');
  }

  // tag[pid]: text
  private static void bracketed(Line line, int from, int open) {
    var c = line.cursor;
    int close = open + 1;
    while (close < c.end && c.bytes[close] != ']' && c.bytes[close] != ' ') {
      close++;
    }
    if (close + 1 < c.end && c.bytes[close] == ']' && c.bytes[close + 1] == ':') {
      line.app(from, open);
      line.put(Fields.PROC_ID, open + 1, close);
      c.at = close + 2;
    }
  }
}
