package mo.farol.parse;

import static mo.farol.parse.Ascii.isDigit;
import static mo.farol.parse.Ascii.isLetter;

/** Where the tag of RFC 3164 section 4.1.3 ends: the program and its process id before a text. */
final class Tags {
  private static final int LONGEST_SHORT = 33;

  private Tags() {}

  /**
   * Index after a tag and its process id, or -1 where the word is none.
   *
   * @param end where the first word of the text ends
   */
  static int end(byte[] b, int from, int end, int to) {
    if (b[from] == '%' || b[from] == '[' || b[from] == '"' || b[from] == '\t') {
      return -1;
    }
    boolean bracketed = b[from] == '(';
    if (bracketed && (end - from < 4 || b[end - 1] != ':' || b[end - 2] != ']')) {
      return -1;
    }
    if (b[end - 1] == ':') {
      return end - 1 > from ? end - 1 : -1;
    }
    int closed = Ascii.find(b, from, end - 1, ']');
    if (closed > from && b[closed + 1] == ':') {
      return closed + 1;
    }
    int inner = colon(b, from, end);
    if (inner > 0) {
      return inner;
    }
    if (b[end - 1] == ']') {
      return isNumbered(b, from, end) ? end : -1;
    }
    boolean bracketFollows = end + 1 < to && b[end] == ' ' && b[end + 1] == '[';
    boolean isTag = bracketFollows && isLetter(b[from]) && isName(b, from, end);
    return isTag && !HostNames.isLevel(b, from, end) ? end : -1;
  }

  /** {@code name[123]} without a colon. */
  private static boolean isNumbered(byte[] b, int from, int end) {
    int open = Ascii.find(b, from, end, '[');
    return open > from
        && isName(b, from, open)
        && open + 2 < end
        && Ascii.skipDigits(b, open + 1, end) == end - 1;
  }

  /**
   * The colon of {@code app:text}, or -1. A tag is up to 32 letters and digits, and ends with the
   * first other character; a drive, a URL or {@code a::b} is none.
   */
  private static int colon(byte[] b, int from, int end) {
    int colon = Ascii.find(b, from, Math.min(end, from + LONGEST_SHORT), ':');
    if (colon < from + 2 || colon + 1 >= end || !isLetter(b[from]) || !isName(b, from, colon)) {
      return -1;
    }
    byte next = b[colon + 1];
    return next == '/' || next == ':' || next == '\\' || isDigit(next) ? -1 : colon;
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
