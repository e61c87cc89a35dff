package mo.farol.parse;

import static mo.farol.parse.Ascii.isDigit;
import static mo.farol.parse.Ascii.isLetter;

/** What has the look of a host behind a time, and what has not. */
final class HostNames {
  private static final byte[] REPEATED = Ascii.bytes("last message repeated ");

  private HostNames() {}

  /** Whether a word is a host: not a tag, not a mark, not the last word there is. */
  static boolean startsWith(byte[] b, int from, int end, int to) {
    if (from >= end || end >= to || b[end] != ' ') {
      return false;
    }
    boolean colon = b[end - 1] == ':';
    if (colon && (end + 1 >= to || b[end + 1] != '%')) {
      return false;
    }
    return !Ascii.startsWith(b, from, to, REPEATED) && isOne(b, from, colon ? end - 1 : end);
  }

  /** Whether a word has the look of a host name or address, an IPv6 one in brackets included. */
  static boolean isOne(byte[] b, int from, int end) {
    if (from < end && b[from] == '[') {
      return b[end - 1] == ']' && Text.isAddress(b, from + 1, end - 1);
    }
    boolean hasColon = false;
    for (int i = from; i < end; i++) {
      byte c = b[i];
      hasColon |= c == ':';
      boolean fits =
          isLetter(c) || isDigit(c) || c == '-' || c == '.' || c == '_' || c == ':' || c < 0;
      if (!fits && c != '/' && c != '%' && c != '@' && c != '+') {
        return false;
      }
    }
    if (from == end || isLevel(b, from, end)) {
      return false;
    }
    byte first = b[from];
    boolean starts = isDigit(first) || isLetter(first) || first == ':' || first == '_' || first < 0;
    return starts && (!hasColon || Text.isAddress(b, from, end));
  }

  /** {@code ERROR} and its like, in capitals as programs write them before their text. */
  static boolean isLevel(byte[] b, int from, int end) {
    if (end - from > 9 || ZoneWords.capitals(b, from, end) < end) {
      return false;
    }
    return Levels.code(b, from, end) >= 0;
  }
}
