package mo.farol.syslog;

/** Signs of where a message begins or is whole, for senders that put nothing between messages. */
final class Undelimited {
  /** Bytes of the longest start that {@link #isStart} needs: {@code <191>1 2026-11-24T}. */
  static final int START_BYTES = 18;

  private static final String DATE = "dddd-dd-ddT";

  // Timestamp, host, app, procid, msgid and structured data each follow a blank: RFC 5424 section 6
  private static final int HEADER_BLANKS = 6;

  private Undelimited() {}

  /** Index of the first start of a message in {@code [from, to)}, or -1. */
  static int findStart(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '<' && isStart(bytes, i, to)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether {@code <PRI>1 } and a date stand here: RFC 5424 section 6.2. */
  static boolean isStart(byte[] bytes, int at, int to) {
    int i = afterPriority(bytes, at, to);
    return i > 0
        && i + 2 + DATE.length() <= to
        && bytes[i] == '1'
        && bytes[i + 1] == ' '
        && isDate(bytes, i + 2);
  }

  /** Whether what stands here looks like a whole message, so far as a header can tell. */
  static boolean looksWhole(byte[] bytes, int at, int to) {
    int i = afterPriority(bytes, at, to);
    if (i < 0 || i >= to) {
      return false;
    }
    if (bytes[i] != '1' || i + 1 >= to || bytes[i + 1] != ' ') {
      return true; // RFC 3164 as senders really use it: anything may follow
    }
    int blanks = 0;
    for (; i < to && blanks < HEADER_BLANKS; i++) {
      if (bytes[i] == ' ') {
        blanks++;
      }
    }
    return blanks == HEADER_BLANKS;
  }

  // Index after "<1-3 digits>", or -1.
  private static int afterPriority(byte[] bytes, int at, int to) {
    int i = at + 1;
    while (i < to && i < at + 4 && isDigit(bytes[i])) {
      i++;
    }
    return bytes[at] == '<' && i > at + 1 && i < to && bytes[i] == '>' ? i + 1 : -1;
  }

  private static boolean isDate(byte[] bytes, int at) {
    for (int i = 0; i < DATE.length(); i++) {
      char want = DATE.charAt(i);
      if (want == 'd' ? !isDigit(bytes[at + i]) : bytes[at + i] != want) {
        return false;
      }
    }
    return true;
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
