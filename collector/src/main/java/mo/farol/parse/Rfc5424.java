package mo.farol.parse;

import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/** RFC 5424 section 6: header, structured data, message. What stands before an error is kept. */
final class Rfc5424 {
  private static final int VERSION = Fields.id("log.syslog.version");
  private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private static final byte[] NO_DATA = Ascii.bytes("no structured data");

  private final StructuredData data = new StructuredData();
  private final Message message;
  private final Rfc3164 bsd;

  Rfc5424(Message message, Rfc3164 bsd) {
    this.message = message;
    this.bsd = bsd;
  }

  /** Reads from the version on, which ends at {@code versionEnd}. */
  @Nullable String read(EventDraft draft, int from, int versionEnd, int to) {
    byte[] b = draft.bytes();
    if (b[from] == '0') {
      return "RFC 5424: the version is 1 to 999";
    }
    boolean isWord = versionEnd + 1 < to && Ascii.isLetter(b[versionEnd + 1]);
    if (isWord && draft.dates().dayFirst(b, from, to) != Micros.NONE) {
      return bsd.read(draft, from, to);
    }
    if (versionEnd - from > 1 || b[from] != '1') {
      draft.add(VERSION, from, versionEnd);
    }
    if (versionEnd == to) {
      return "RFC 5424: nothing follows the version";
    }
    int p = time(draft, versionEnd + 1, to);
    if (p < 0 && isEpoch(b, versionEnd + 1, to)) {
      return bsd.read(draft, versionEnd + 1, to);
    }
    if (p < 0) {
      return "RFC 5424: no time, and no -, follows the version";
    }
    return header(draft, p, to);
  }

  /** {@code 1 1563249630.774247467 device text} is a device's own layout, not a broken RFC 5424. */
  private static boolean isEpoch(byte[] b, int from, int to) {
    int point = Ascii.skipDigits(b, from, to);
    boolean fits = point - from == 10 && point + 1 < to && b[point] == '.';
    int end = fits ? Ascii.skipDigits(b, point + 1, to) : point;
    return end > point + 1 && end < to && b[end] == ' ';
  }

  private @Nullable String header(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int host = word(b, from, to, 255);
    if (host < 0) {
      return "RFC 5424: the host name is 1 to 255 visible ASCII characters, or -";
    }
    value(draft, Fields.HOST_NAME, from, host);
    int app = word(b, host + 1, to, 48);
    if (app < 0) {
      return "RFC 5424: the app name is 1 to 48 visible ASCII characters, or -";
    }
    if (!isNil(b, host + 1, app)) {
      draft.app(host + 1, app);
    }
    int process = word(b, app + 1, to, 128);
    if (process < 0) {
      return "RFC 5424: the process id is 1 to 128 visible ASCII characters, or -";
    }
    value(draft, Fields.PROC_ID, app + 1, process);
    int kind = word(b, process + 1, to, 32);
    if (kind < 0) {
      return "RFC 5424: the message id is 1 to 32 visible ASCII characters, or -";
    }
    value(draft, Fields.MSG_ID, process + 1, kind);
    return body(draft, kind + 1, to);
  }

  private @Nullable String body(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int start = Ascii.skipSpaces(b, from, to);
    if (CheckPoint.begins(b, start, to)) {
      message.read(draft, start, to);
      return null;
    }
    if (isText(b, from, start, to)) {
      draft.word(Names.NOTE, NO_DATA);
      message.read(draft, start, to);
      return null;
    }
    int p = data.read(draft, start, to);
    if (p < 0) {
      return data.why();
    }
    if (p == to) {
      return null;
    }
    if (b[p] != ' ') {
      return "RFC 5424: a space must follow the structured data";
    }
    int text = p + 1;
    // A mark with no text right behind it is no mark but all the text there is.
    if (Ascii.startsWith(b, text, to, BOM) && text + 3 < to && b[text + 3] != ' ') {
      text += 3;
    }
    // rsyslog's own template writes a second space before the text.
    message.read(draft, text + (text + 1 < to && b[text] == ' ' ? 1 : 0), to);
    return null;
  }

  /**
   * Whether a sender left the structured data out: text after a second space, or text after a
   * bracket that holds words but no value.
   */
  private static boolean isText(byte[] b, int from, int start, int to) {
    if (start >= to) {
      return false;
    }
    if (b[start] != '[') {
      return start > from && !(b[start] == '-' && (start + 1 == to || b[start + 1] == ' '));
    }
    int close = Ascii.find(b, start, to, ']');
    int space = Ascii.find(b, start, close, ' ');
    boolean holdsWords = space > start + 1 && space + 1 < close && b[space + 1] != ' ';
    if (!holdsWords || close + 2 >= to || b[close + 1] != ' ') {
      return false;
    }
    int equals = Ascii.find(b, start, close, '=');
    return equals < 0 || equals + 1 == close;
  }

  /**
   * Index after the time and the space behind it, or -1; a time that is too loose is still kept.
   */
  private static int time(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (from + 1 < to && b[from] == '-' && b[from + 1] == ' ') {
      return from + 2;
    }
    var dates = draft.dates();
    long at = dates.iso(b, from, to);
    if (at == Micros.NONE) {
      return -1;
    }
    draft.occurredAt(at);
    int end = dates.end();
    boolean zoned =
        b[end - 1] == 'Z' || (b[end - 3] == ':' && (b[end - 6] == '+' || b[end - 6] == '-'));
    boolean point = dates.fractionDigits() == 0 || b[from + 19] == '.';
    boolean strict =
        b[from + 4] == '-' && b[from + 10] == 'T' && dates.fractionDigits() <= 6 && point && zoned;
    return strict && end < to && b[end] == ' ' ? end + 1 : -1;
  }

  /** Index of the space after a word of visible characters, or -1. */
  private static int word(byte[] b, int from, int to, int longest) {
    int p = from;
    while (p < to && Ascii.isGraphic(b[p])) {
      p++;
    }
    return p > from && p - from <= longest && p < to && b[p] == ' ' ? p : -1;
  }

  private static void value(EventDraft draft, int field, int from, int to) {
    if (!isNil(draft.bytes(), from, to)) {
      draft.add(field, from, to);
    }
  }

  private static boolean isNil(byte[] b, int from, int to) {
    return to - from == 1 && b[from] == '-';
  }
}
