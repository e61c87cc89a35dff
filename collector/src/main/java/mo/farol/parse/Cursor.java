package mo.farol.parse;

import java.nio.charset.StandardCharsets;

/** A place in a frame that moves on as text is recognised. Re-used; belongs to one parser. */
final class Cursor {
  byte[] bytes = new byte[0];
  int at;
  int end;

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  void over(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    at = from;
    end = to;
  }

  boolean isAtEnd() {
    return at >= end;
  }

  /** The byte under the cursor, or -1 at the end. */
  int peek() {
    return at < end ? bytes[at] : -1;
  }

  boolean eat(int b) {
    if (at < end && bytes[at] == b) {
      at++;
      return true;
    }
    return false;
  }

  /** Steps over the word when it stands here. */
  boolean eat(byte[] word) {
    if (startsWith(word)) {
      at += word.length;
      return true;
    }
    return false;
  }

  boolean startsWith(byte[] word) {
    if (end - at < word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (bytes[at + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  void skipSpaces() {
    while (at < end && bytes[at] == ' ') {
      at++;
    }
  }

  /** Index of the next such byte, or {@link #end}. */
  int find(int b) {
    int i = at;
    while (i < end && bytes[i] != b) {
      i++;
    }
    return i;
  }

  /** Index of the next such word, or -1. */
  int find(byte[] word) {
    int last = end - word.length;
    for (int i = at; i <= last; i++) {
      int j = 0;
      while (j < word.length && bytes[i + j] == word[j]) {
        j++;
      }
      if (j == word.length) {
        return i;
      }
    }
    return -1;
  }

  /** A decimal number of 1 to {@code digits} digits, or -1 when none stands here. */
  int number(int digits) {
    int value = 0;
    int n = 0;
    while (at < end && n < digits && bytes[at] >= '0' && bytes[at] <= '9') {
      value = value * 10 + bytes[at++] - '0';
      n++;
    }
    return n == 0 ? -1 : value;
  }

  static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }
}
