package mo.farol.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Looking at bytes without making text of them. Ranges are {@code [from, to)}. */
final class Ascii {
  private Ascii() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  static boolean isLetter(int b) {
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  /** Printable and no space: RFC 5424 PRINTUSASCII. */
  static boolean isGraphic(int b) {
    return b > ' ' && b < 0x7f;
  }

  static boolean startsWith(byte[] b, int from, int to, byte[] word) {
    return to - from >= word.length
        && Arrays.equals(b, from, from + word.length, word, 0, word.length);
  }

  static boolean is(byte[] b, int from, int to, byte[] word) {
    return Arrays.equals(b, from, to, word, 0, word.length);
  }

  /** Whether a word stands here, letters in either case. */
  static boolean isSame(byte[] b, int from, byte[] word) {
    for (int i = 0; i < word.length; i++) {
      if ((b[from + i] | 0x20) != (word[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  /** Index of a byte, or -1. */
  static int find(byte[] b, int from, int to, int wanted) {
    for (int i = from; i < to; i++) {
      if (b[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Index of a byte, or {@code to}. */
  static int until(byte[] b, int from, int to, int wanted) {
    int found = find(b, from, to, wanted);
    return found < 0 ? to : found;
  }

  /** Index of a word, or -1. */
  static int find(byte[] b, int from, int to, byte[] word) {
    int last = to - word.length;
    byte head = word[0];
    for (int i = from; i <= last; i++) {
      if (b[i] == head && Arrays.equals(b, i, i + word.length, word, 0, word.length)) {
        return i;
      }
    }
    return -1;
  }

  /** Index of the last byte that is {@code wanted}, or -1. */
  static int findLast(byte[] b, int from, int to, int wanted) {
    for (int i = to - 1; i >= from; i--) {
      if (b[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** First index that is no space. */
  static int skipSpaces(byte[] b, int from, int to) {
    int i = from;
    while (i < to && b[i] == ' ') {
      i++;
    }
    return i;
  }

  /** End of a range without the spaces at its end. */
  static int trimSpaces(byte[] b, int from, int to) {
    int end = to;
    while (end > from && b[end - 1] == ' ') {
      end--;
    }
    return end;
  }

  /** First index that is no digit. */
  static int skipDigits(byte[] b, int from, int to) {
    int i = from;
    while (i < to && isDigit(b[i])) {
      i++;
    }
    return i;
  }

  /** Index after the byte order mark with which some editors begin a file. */
  static int afterMark(byte[] b, int from, int to) {
    boolean marked =
        to - from > 2
            && b[from] == (byte) 0xef
            && b[from + 1] == (byte) 0xbb
            && b[from + 2] == (byte) 0xbf;
    return marked ? from + 3 : from;
  }

  /** End of a range without line ends and NULs at its end. */
  static int trimEnd(byte[] b, int from, int to) {
    int end = to;
    while (end > from && (b[end - 1] == '\n' || b[end - 1] == '\r' || b[end - 1] == 0)) {
      end--;
    }
    return end;
  }

  /** Value of up to nine digits, or -1 where there is anything else. */
  static int number(byte[] b, int from, int to) {
    if (from >= to || to - from > 9) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(b[i])) {
        return -1;
      }
      value = value * 10 + b[i] - '0';
    }
    return value;
  }
}
