package mo.farol.store;

import java.util.Arrays;

/**
 * Words of a text, over UTF-8 bytes: runs of letters and digits, lower-cased; a Chinese, Japanese
 * or Korean character is a word by itself, so that both words (as phrases) and single characters
 * are found. Writer and reader cut alike.
 */
public final class Tokens {
  /** Longest word in bytes; a longer run is several words. */
  public static final int LONGEST = 64;

  private byte[] text = new byte[0];
  private int at;
  private int end;
  private byte[] word = new byte[LONGEST + 4];
  private int length;

  /** Starts over a text. */
  public void over(byte[] text, int from, int to) {
    this.text = text;
    at = from;
    end = to;
    length = 0;
  }

  /** Moves to the next word; false at the end. */
  public boolean next() {
    length = 0;
    while (at < end && length < LONGEST) {
      int b = text[at];
      if (b >= 0) {
        if (!ascii(b) && length > 0) {
          return true;
        }
      } else if (wide()) {
        return true;
      }
    }
    return length > 0;
  }

  /** The word's bytes, valid up to {@link #length}. */
  public byte[] word() {
    return word;
  }

  /** Bytes of the word. */
  public int length() {
    return length;
  }

  // Takes a letter or digit; steps over anything else and says false.
  private boolean ascii(int b) {
    at++;
    if (b >= 'A' && b <= 'Z') {
      word[length++] = (byte) (b + 32);
      return true;
    }
    if (b >= 'a' && b <= 'z' || b >= '0' && b <= '9') {
      word[length++] = (byte) b;
      return true;
    }
    return false;
  }

  // Takes a character of several bytes; says true when a word is complete.
  private boolean wide() {
    int size = sizeOf(text[at]);
    int c = size == 0 || at + size > end ? -1 : decode(size);
    if (c < 0 || !Character.isLetterOrDigit(c)) {
      boolean complete = length > 0;
      at += complete ? 0 : Math.max(1, c < 0 ? 1 : size);
      return complete;
    }
    if (isIdeograph(c)) {
      if (length > 0) {
        return true;
      }
      copy(size);
      return true;
    }
    lower(c, size);
    return false;
  }

  private void copy(int size) {
    System.arraycopy(text, at, word, length, size);
    length += size;
    at += size;
  }

  private void lower(int c, int size) {
    int low = Character.toLowerCase(c);
    if (low == c) {
      copy(size);
      return;
    }
    byte[] utf8 = Character.toString(low).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    if (length + utf8.length > word.length) {
      word = Arrays.copyOf(word, word.length * 2);
    }
    System.arraycopy(utf8, 0, word, length, utf8.length);
    length += utf8.length;
    at += size;
  }

  private static int sizeOf(byte lead) {
    int b = lead & 0xff;
    if (b >= 0xc2 && b <= 0xdf) {
      return 2;
    }
    if (b >= 0xe0 && b <= 0xef) {
      return 3;
    }
    return b >= 0xf0 && b <= 0xf4 ? 4 : 0;
  }

  private int decode(int size) {
    int c = text[at] & 0xff >> size + 1;
    for (int i = 1; i < size; i++) {
      int b = text[at + i];
      if ((b & 0xc0) != 0x80) {
        return -1;
      }
      c = c << 6 | b & 0x3f;
    }
    return c;
  }

  private static boolean isIdeograph(int c) {
    return c >= 0x2e80 && c <= 0x9fff
        || c >= 0xac00 && c <= 0xd7af
        || c >= 0xf900 && c <= 0xfaff
        || c >= 0x20000 && c <= 0x3ffff;
  }
}
