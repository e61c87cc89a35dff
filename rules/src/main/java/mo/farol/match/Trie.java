package mo.farol.match;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many patterns looked for at once. Built from byte strings with a number each; then read-only.
 * States are numbered breadth first, so the busy ones lie close together.
 */
final class Trie {
  private static final int[] NONE = {};

  private final char[] classes; // byte -> class, 0 for bytes in no pattern
  private final int width;
  // Of a trie: state * width + class -> state, -1 for none. Of an automaton: row + class -> row of
  // the
  // next state, doubled, plus one where a pattern ends there; so a byte costs one look.
  private final int[] next;
  private final int[][] found; // patterns that end in a state
  private final int[] shorter; // next state on the way down with patterns of its own, 0 for none

  private Trie(int width, int[] next, int[][] found, int[] shorter, char[] classes) {
    this.width = width;
    this.next = next;
    this.found = found;
    this.shorter = shorter;
    this.classes = classes;
  }

  /** Told of each pattern found. */
  interface Found {
    void pattern(int number);
  }

  /** Asked of each pattern found whether it will do. */
  interface Judge {
    /**
     * @param number of the pattern
     * @param end index after it
     */
    boolean fits(int number, int end);
  }

  /** Whether a pattern anywhere in a slice will do. */
  boolean anyFits(byte[] b, int from, int to, Judge judge) {
    int row = 0;
    for (int i = from; i < to; i++) {
      int step = next[row + classes[b[i] & 0xff]];
      row = step >>> 1;
      if ((step & 1) != 0 && fits(row / width, i + 1, judge)) {
        return true;
      }
    }
    return false;
  }

  private boolean fits(int state, int end, Judge judge) {
    for (int at = state; at != 0; at = shorter[at]) {
      for (int pattern : found[at]) {
        if (judge.fits(pattern, end)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Finds patterns anywhere in a slice (Aho and Corasick, 1975). */
  void scan(byte[] b, int from, int to, Found out) {
    int row = 0;
    for (int i = from; i < to; i++) {
      int step = next[row + classes[b[i] & 0xff]];
      row = step >>> 1;
      if ((step & 1) != 0) {
        report(row / width, out);
      }
    }
  }

  private void report(int state, Found out) {
    for (int at = state; at != 0; at = shorter[at]) {
      for (int pattern : found[at]) {
        out.pattern(pattern);
      }
    }
  }

  /** Finds patterns that start at the start of a slice. */
  void forward(byte[] b, int from, int to, Found out) {
    int state = 0;
    for (int i = from; i < to && state >= 0; i++) {
      state = step(state, b[i], out);
    }
  }

  /** Finds patterns, given in reverse, that end at the end of a slice. */
  void backward(byte[] b, int from, int to, Found out) {
    int state = 0;
    for (int i = to - 1; i >= from && state >= 0; i--) {
      state = step(state, b[i], out);
    }
  }

  /** Whether a slice starts with a pattern. */
  boolean starts(byte[] b, int from, int to) {
    int state = 0;
    for (int i = from; i < to && state >= 0; i++) {
      state = next[state * width + classes[b[i] & 0xff]];
      if (state >= 0 && found[state].length > 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether a slice ends with a pattern, given in reverse. */
  boolean ends(byte[] b, int from, int to) {
    int state = 0;
    for (int i = to - 1; i >= from && state >= 0; i--) {
      state = next[state * width + classes[b[i] & 0xff]];
      if (state >= 0 && found[state].length > 0) {
        return true;
      }
    }
    return false;
  }

  private int step(int state, byte b, Found out) {
    int to = next[state * width + classes[b & 0xff]];
    if (to >= 0) {
      for (int pattern : found[to]) {
        out.pattern(pattern);
      }
    }
    return to;
  }

  int states() {
    return found.length;
  }

  /** Collects patterns. */
  static final class Builder {
    private final List<byte[]> texts = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();

    void add(byte[] text, int number) {
      texts.add(text);
      numbers.add(number);
    }

    boolean isEmpty() {
      return texts.isEmpty();
    }

    /** A trie to walk from one end. */
    Trie walk() {
      return build(false);
    }

    /** An automaton to scan with. */
    Trie automaton() {
      return build(true);
    }

    private Trie build(boolean everywhere) {
      char[] classes = classes();
      int width = 1 + max(classes);
      int[] next = new int[width];
      Arrays.fill(next, -1);
      var found = new ArrayList<int[]>(List.of(NONE));
      int states = 1;
      for (int p = 0; p < texts.size(); p++) {
        int state = 0;
        for (byte b : texts.get(p)) {
          int slot = state * width + classes[b & 0xff];
          if (next[slot] < 0) {
            if ((states + 1) * width > next.length) {
              int length = next.length;
              next = Arrays.copyOf(next, Math.max(length * 2, (states + 1) * width));
              Arrays.fill(next, length, next.length, -1);
            }
            next[slot] = states++;
            found.add(NONE);
          }
          state = next[slot];
        }
        found.set(state, with(found.get(state), numbers.get(p)));
      }
      return renumbered(width, next, found, classes, everywhere);
    }

    private static Trie renumbered(
        int width, int[] old, List<int[]> oldFound, char[] classes, boolean everywhere) {
      int states = oldFound.size();
      int[] order = new int[states]; // new number -> old
      int[] next = new int[states * width];
      Arrays.fill(next, -1);
      int[][] found = new int[states][];
      int seen = 1;
      for (int state = 0; state < states; state++) {
        found[state] = oldFound.get(order[state]);
        for (int c = 1; c < width; c++) {
          int to = old[order[state] * width + c];
          if (to >= 0) {
            order[seen] = to;
            next[state * width + c] = seen++;
          }
        }
      }
      int[] shorter = new int[states];
      if (everywhere) {
        link(width, next, found, shorter);
        for (int slot = 0; slot < next.length; slot++) {
          int to = next[slot];
          boolean ends = found[to].length > 0 || shorter[to] != 0;
          next[slot] = to * width * 2 + (ends ? 1 : 0);
        }
      }
      return new Trie(width, next, found, shorter, classes);
    }

    /** Fills the gaps with where the longest other match so far goes on. */
    private static void link(int width, int[] next, int[][] found, int[] shorter) {
      int[] fail = new int[found.length];
      var queue = new ArrayDeque<Integer>();
      for (int c = 0; c < width; c++) {
        if (next[c] < 0) {
          next[c] = 0;
        } else {
          queue.add(next[c]);
        }
      }
      while (!queue.isEmpty()) {
        int state = queue.remove();
        int other = fail[state];
        shorter[state] = found[other].length > 0 ? other : shorter[other];
        for (int c = 0; c < width; c++) {
          int slot = state * width + c;
          int onward = next[other * width + c];
          if (next[slot] < 0) {
            next[slot] = onward;
          } else {
            fail[next[slot]] = onward;
            queue.add(next[slot]);
          }
        }
      }
    }

    private char[] classes() {
      char[] classes = new char[256];
      int used = 0;
      for (byte[] text : texts) {
        for (byte b : text) {
          if (classes[b & 0xff] == 0) {
            classes[b & 0xff] = (char) ++used;
          }
        }
      }
      return classes;
    }

    private static int max(char[] classes) {
      int max = 0;
      for (char c : classes) {
        max = Math.max(max, c);
      }
      return max;
    }

    private static int[] with(int[] numbers, int number) {
      int[] more = Arrays.copyOf(numbers, numbers.length + 1);
      more[numbers.length] = number;
      return more;
    }
  }
}
