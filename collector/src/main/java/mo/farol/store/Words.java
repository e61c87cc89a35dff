package mo.farol.store;

import org.apache.lucene.util.BytesRef;

/**
 * Cuts text into words, on bytes, the same way for events and for queries. A word is a run of
 * letters, digits and underscores in lower case; a full stop between two digits belongs to it, so
 * an IPv4 address or a version is one word. Each CJK character is a word, and so is each pair of
 * neighbours, at the place of its first character. Belongs to one thread.
 */
final class Words {
  /** Bytes of a word that count; what follows is left out. */
  static final int LONGEST = 255;

  private static final byte[] FOLDED = new byte[128];

  static {
    for (int c = 0; c < 128; c++) {
      boolean word = Character.isLetterOrDigit(c) || c == '_';
      FOLDED[c] = (byte) (word ? Character.toLowerCase(c) : 0);
    }
  }

  private final byte[] word = new byte[LONGEST + 8];
  private final BytesRef term = new BytesRef(word, 0, 0);
  private byte[] text = BytesRef.EMPTY_BYTES;
  private int at;
  private int end;
  private int single = -1;
  private int step;

  /** Starts over with a text. */
  void reset(byte[] bytes, int from, int to) {
    text = bytes;
    at = from;
    end = to;
    single = -1;
  }

  /** Moves on to the next word; false at the end. */
  boolean next() {
    if (single >= 0 && pair()) {
      return true;
    }
    while (at < end) {
      byte b = text[at];
      if (b >= 0) {
        if (FOLDED[b] != 0) {
          return run();
        }
        at++;
      } else if (beyondAscii()) {
        return true;
      }
    }
    return false;
  }

  /** The word found; changed by the next move. */
  BytesRef term() {
    return term;
  }

  /** Places from the word before: 1, or 0 for a pair of CJK characters. */
  int step() {
    return step;
  }

  static boolean isCjk(int point) {
    return point >= 0x2E80
        && (Character.isIdeographic(point)
            || (point >= 0x3041 && point <= 0x30FF)
            || (point >= 0x31F0 && point <= 0x31FF)
            || (point >= 0xAC00 && point <= 0xD7A3));
  }

  /** A code point in its lower-case, half-width form. */
  static int fold(int point) {
    int narrow = point >= 0xFF01 && point <= 0xFF5E ? point - 0xFEE0 : point;
    return Character.toLowerCase(narrow);
  }

  private boolean pair() {
    int from = single;
    single = -1;
    if (at >= end || text[at] >= 0) {
      return false;
    }
    int second = Utf8.at(text, at, end);
    if (!isCjk(second >>> 3)) {
      return false;
    }
    return give(from, at + (second & 7), 0);
  }

  private boolean beyondAscii() {
    int found = Utf8.at(text, at, end);
    int point = found >>> 3;
    if (isCjk(point)) {
      single = at;
      at += found & 7;
      return give(single, at, 1);
    }
    if (isLetter(point)) {
      return run();
    }
    at += found & 7;
    return false;
  }

  private boolean give(int from, int to, int places) {
    System.arraycopy(text, from, word, 0, to - from);
    term.length = to - from;
    step = places;
    return true;
  }

  private boolean run() {
    int length = 0;
    while (at < end) {
      byte b = text[at];
      int size = 1;
      if (b >= 0) {
        byte folded = FOLDED[b];
        if (folded == 0 && !isPointInNumber()) {
          break;
        }
        if (length < LONGEST) {
          word[length++] = folded == 0 ? b : folded;
        }
      } else {
        int found = Utf8.at(text, at, end);
        int point = found >>> 3;
        if (!isLetter(point)) {
          break;
        }
        size = found & 7;
        if (length <= LONGEST - 4) {
          length = Utf8.put(fold(point), word, length);
        }
      }
      at += size;
    }
    term.length = length;
    step = 1;
    return true;
  }

  private boolean isPointInNumber() {
    return text[at] == '.' && at + 1 < end && isDigit(text[at + 1]) && isDigit(text[at - 1]);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isLetter(int point) {
    int folded = point >= 0xFF01 && point <= 0xFF5E ? point - 0xFEE0 : point;
    return !isCjk(point)
        && (Character.isLetterOrDigit(folded)
            || Character.getType(point) == Character.NON_SPACING_MARK);
  }
}
