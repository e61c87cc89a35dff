package mo.farol.syslog;

/** The count before a message, RFC 6587 section 3.4.1: up to seven digits, a blank, then a PRI. */
final class OctetCount {
  /** There may be a count: more bytes will tell. */
  static final int WAIT = -1;

  /** Bytes of the longest count with its blank and the first byte after it. */
  static final int MOST_BYTES = 9;

  private static final int MOST_DIGITS = 7;

  private OctetCount() {}

  /** Index of the '<' after a count that begins here; 0 where there is none, or {@link #WAIT}. */
  static int end(byte[] bytes, int at, int to) {
    int i = at;
    while (i < to && i - at <= MOST_DIGITS && Undelimited.isDigit(bytes[i])) {
      i++;
    }
    int digits = i - at;
    if (digits == 0 || digits > MOST_DIGITS || bytes[at] == '0') {
      return 0;
    }
    if (i == to) {
      return WAIT;
    }
    if (bytes[i] != ' ') {
      return 0;
    }
    if (i + 1 == to) {
      return WAIT;
    }
    return bytes[i + 1] == '<' ? i + 1 : 0;
  }

  /** The count that begins here and has an {@link #end}. */
  static int value(byte[] bytes, int at) {
    int count = 0;
    for (int i = at; bytes[i] != ' '; i++) {
      count = count * 10 + bytes[i] - '0';
    }
    return count;
  }
}
