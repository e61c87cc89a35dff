package mo.farol.parse;

import mo.farol.event.Fields;
import mo.farol.event.Micros;

/** The header and structured data of RFC 5424 section 6. What it reads before a fault stays. */
final class Rfc5424 {
  private static final String PREFIX = "log.syslog.structured_data.";
  private final Times times;
  private byte[] value = new byte[256];

  Rfc5424(Times times) {
    this.times = times;
  }

  /** Reads from the version on; the cursor stands after the PRI. */
  void read(Line line) {
    var c = line.cursor;
    c.number(3);
    if (!c.eat(' ')) {
      line.reject("RFC 5424: nothing after the version");
    } else if (timestamp(line) && host(line) && app(line) && ids(line) && data(line)) {
      message(line);
    }
  }

  private boolean timestamp(Line line) {
    var c = line.cursor;
    if (c.eat('-')) {
      return space(line, "RFC 5424: no blank after the timestamp");
    }
    long t = times.strict(c);
    if (t == Micros.NONE) {
      line.reject("RFC 5424: the timestamp is none");
      return false;
    }
    line.occurredAt = t;
    return space(line, "RFC 5424: no blank after the timestamp");
  }

  private static boolean host(Line line) {
    int from = line.cursor.at;
    int to = token(line, 255, "host name");
    if (to < 0) {
      return false;
    }
    if (!isNil(line, from, to)) {
      line.host(from, to);
    }
    return true;
  }

  private static boolean app(Line line) {
    int from = line.cursor.at;
    int to = token(line, 48, "application name");
    if (to < 0) {
      return false;
    }
    if (!isNil(line, from, to)) {
      line.app(from, to);
    }
    return true;
  }

  private static boolean ids(Line line) {
    return id(line, Fields.PROC_ID, 128, "process id") && id(line, Fields.MSG_ID, 32, "message id");
  }

  private static boolean id(Line line, int field, int limit, String what) {
    int from = line.cursor.at;
    int to = token(line, limit, what);
    if (to >= 0 && !isNil(line, from, to)) {
      line.put(field, from, to);
    }
    return to >= 0;
  }

  // A run of printable ASCII up to a blank; moves past the blank. -1 and a rejection where there is
  // none.
  private static int token(Line line, int limit, String what) {
    var c = line.cursor;
    int from = c.at;
    while (c.at < c.end && c.bytes[c.at] > 32 && c.bytes[c.at] < 127) {
      c.at++;
    }
    int to = c.at;
    if (to == from || to - from > limit || !c.eat(' ')) {
      line.reject("RFC 5424: the " + what + " is missing, too long or holds a strange character");
      return -1;
    }
    return to;
  }

  private static boolean isNil(Line line, int from, int to) {
    return to - from == 1 && line.cursor.bytes[from] == '-';
  }

  private static boolean space(Line line, String otherwise) {
    if (line.cursor.eat(' ')) {
      return true;
    }
    line.reject(otherwise);
    return false;
  }

  private boolean data(Line line) {
    var c = line.cursor;
    if (c.eat('-')) {
      return c.isAtEnd() || space(line, "RFC 5424: no blank after the structured data");
    }
    if (c.peek() != '[') {
      line.reject("RFC 5424: no structured data and no '-' in its place");
      return false;
    }
    while (c.eat('[')) {
      if (!element(line)) {
        line.reject("RFC 5424: broken structured data");
        return false;
      }
    }
    return c.isAtEnd() || space(line, "RFC 5424: no blank after the structured data");
  }

  private boolean element(Line line) {
    var c = line.cursor;
    int from = c.at;
    int to = name(c);
    if (to < 0) {
      return false;
    }
    String id =
        PREFIX + new String(c.bytes, from, to - from, java.nio.charset.StandardCharsets.US_ASCII);
    if (c.peek() == ']') {
      line.into.addText(Fields.id(id), "");
    }
    while (c.eat(' ')) {
      if (!parameter(line, id)) {
        return false;
      }
    }
    return c.eat(']');
  }

  private boolean parameter(Line line, String id) {
    var c = line.cursor;
    int from = c.at;
    int to = name(c);
    if (to < 0 || !c.eat('=')) {
      return false;
    }
    c.eat(' '); // some senders put a blank here
    if (!c.eat('"')) {
      return false;
    }
    int length = 0;
    for (; c.at < c.end && c.bytes[c.at] != '"'; c.at++) {
      byte b = c.bytes[c.at];
      if (b == ']') {
        return false;
      }
      if (b == '\\' && c.at + 1 < c.end && isEscapable(c.bytes[c.at + 1])) {
        b = c.bytes[++c.at];
      }
      length = keep(length, b);
    }
    String name = new String(c.bytes, from, to - from, java.nio.charset.StandardCharsets.US_ASCII);
    line.into.addCopy(Fields.id(id + "." + name), value, 0, length);
    return c.eat('"');
  }

  private int keep(int length, byte b) {
    if (length == value.length) {
      value = java.util.Arrays.copyOf(value, length * 2);
    }
    value[length] = b;
    return length + 1;
  }

  private static boolean isEscapable(byte b) {
    return b == '"' || b == '\\' || b == ']';
  }

  // SD-NAME: 1 to 32 printable ASCII except = blank ] and ".
  private static int name(Cursor c) {
    int from = c.at;
    while (c.at < c.end) {
      byte b = c.bytes[c.at];
      if (b <= 32 || b >= 127 || b == '=' || b == ']' || b == '"') {
        break;
      }
      c.at++;
    }
    return c.at == from || c.at - from > 32 ? -1 : c.at;
  }

  private static void message(Line line) {
    line.message(line.cursor.at, line.cursor.end);
    // The dialects read the text from here on.
  }
}
