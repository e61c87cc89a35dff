package mo.farol.parse;

import static mo.farol.parse.Ascii.isDigit;

import org.jspecify.annotations.Nullable;

/** A frame that begins with a priority: RFC 5424 where a version follows, RFC 3164 elsewhere. */
final class Syslog implements Format {
  private static final byte[] ABSENT = Ascii.bytes("- - ");
  private static final byte[] LEADING_ZERO = Ascii.bytes("priority with a leading zero");

  private final Rfc5424 modern;
  private final Rfc3164 bsd;

  Syslog(Rfc5424 modern, Rfc3164 bsd) {
    this.modern = modern;
    this.bsd = bsd;
  }

  @Override
  public String name() {
    return "syslog";
  }

  @Override
  public String starts() {
    return "<";
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    return draft.bytes()[from] == '<';
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (b[from] != '<') {
      return bsd.unmarked(draft, from, to);
    }
    int close = Ascii.skipDigits(b, from + 1, Math.min(to, from + 5));
    int priority = close < to && b[close] == '>' ? Ascii.number(b, from + 1, close) : -1;
    if (priority < 0 || priority > 191) {
      return "no priority of 0 to 191 in angle brackets at the start";
    }
    draft.priority(priority);
    int p = close + 1;
    boolean leadingZero = close > from + 2 && b[from + 1] == '0';
    if (p == to) {
      return "nothing follows the priority";
    }
    if (isVersionTooLong(b, p, to)) {
      return "RFC 5424: the version is 1 to 999";
    }
    int version = versionEnd(b, p, to);
    if (leadingZero && version >= 0) {
      return "RFC 5424: the priority has a leading zero";
    }
    if (leadingZero) {
      draft.word(Names.NOTE, LEADING_ZERO);
    }
    return version < 0 ? bsd.read(draft, p, to) : modern.read(draft, p, version, to);
  }

  /** Four digits or more where a version stands: a time of RFC 5424, or none, follows. */
  private static boolean isVersionTooLong(byte[] b, int from, int to) {
    int end = Ascii.skipDigits(b, from, Math.min(to, from + 20));
    return end - from > 3
        && end + 12 < to
        && b[end] == ' '
        && (isTime(b, end + 1) || Ascii.startsWith(b, end + 1, to, ABSENT));
  }

  private static boolean isTime(byte[] b, int from) {
    return b[from + 4] == '-' && b[from + 7] == '-' && b[from + 10] == 'T';
  }

  /** End of one to three digits that a space or the frame's end follows, or -1. */
  private static int versionEnd(byte[] b, int from, int to) {
    int end = Ascii.skipDigits(b, from, Math.min(to, from + 3));
    boolean ends = end == to || b[end] == ' ';
    return isDigit(b[from]) && ends ? end : -1;
  }
}
