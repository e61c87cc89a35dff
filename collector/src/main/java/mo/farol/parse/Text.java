package mo.farol.parse;

import static mo.farol.parse.Ascii.isDigit;

import java.util.Arrays;
import mo.farol.event.Fields;

/** Finding words and addresses in messages. Ranges are {@code [from, to)}. */
final class Text {
  private Text() {}

  /** Index after the first of the words with which the range starts, or -1. */
  static int after(byte[] b, int from, int to, byte[]... words) {
    for (byte[] word : words) {
      if (Ascii.startsWith(b, from, to, word)) {
        return from + word.length;
      }
    }
    return -1;
  }

  /** Index of the last occurrence of a word, or -1. */
  static int findLast(byte[] b, int from, int to, byte[] word) {
    for (int i = to - word.length; i >= from; i--) {
      if (b[i] == word[0] && Arrays.equals(b, i, i + word.length, word, 0, word.length)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a range has the look of an IPv4 or IPv6 address: its characters and its marks. */
  static boolean isAddress(byte[] b, int from, int to) {
    int dots = 0;
    int colons = 0;
    if (to - from < 2 || to - from > 64) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (b[i] == '.') {
        dots++;
      } else if (b[i] == ':') {
        colons++;
      } else if (b[i] == '%' && colons > 1) {
        return true;
      } else if (!isDigit(b[i]) && !isHexLetter(b[i])) {
        return false;
      }
    }
    return colons > 1 || (dots == 3 && colons == 0);
  }

  private static boolean isHexLetter(byte b) {
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'f';
  }

  /** Adds the value of {@code key=value}, that ends at a delimiter, and says where it ends. */
  static int value(EventDraft draft, int field, byte[] key, int delimiter, int from, int to) {
    byte[] b = draft.bytes();
    int at = Ascii.find(b, from, to, key);
    if (at < 0) {
      return from;
    }
    int start = at + key.length;
    int end = Ascii.until(b, start, to, delimiter);
    draft.add(field, start, end);
    return end;
  }

  /** Adds {@code 192.0.2.1:443}, {@code [2001:db8::1]:443} or an address alone as the source. */
  static void endpoint(EventDraft draft, int from, int to) {
    if (isAddress(draft.bytes(), from, to)) {
      draft.add(Fields.SOURCE_IP, from, to);
    } else {
      endpoint(draft, Fields.SOURCE_IP, Fields.SOURCE_PORT, from, to);
    }
  }

  /** Adds an endpoint behind whose address, an IPv6 one without brackets too, its port stands. */
  static void endpoint(EventDraft draft, int addressField, int portField, int from, int to) {
    byte[] b = draft.bytes();
    int colon = Ascii.findLast(b, from, to, ':');
    boolean bracketed = from < to && b[from] == '[';
    int start = bracketed ? from + 1 : from;
    int end = bracketed ? Ascii.until(b, start, to, ']') : colon;
    if (end > start && isAddress(b, start, end)) {
      draft.add(addressField, start, end);
      draft.add(portField, colon + 1, Ascii.skipDigits(b, colon + 1, to));
    } else if (isAddress(b, from, to)) {
      draft.add(addressField, from, to);
    }
  }
}
