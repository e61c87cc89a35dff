package mo.farol.store;

import java.io.IOException;
import java.util.Arrays;

/**
 * The values that the matches of one segment have of something, as codes. Asked in order of the
 * documents; belongs to one thread.
 */
abstract class Column {
  /** Values of one match that are looked at, at most. */
  static final int MOST = 100;

  private long[] codes = new long[4];
  private int size;
  private boolean isShort;

  /** Makes ready for a run of matches. */
  void open(Slots slots, Deadline deadline) throws IOException {}

  /** Gives back what it held; it is asked no more. */
  void close() {}

  /** Whether it holds memory for every slot of a run. */
  boolean isTurned() {
    return false;
  }

  /** Stands on a match. */
  final void load(int doc, int slot) throws IOException {
    size = 0;
    isShort = false;
    read(doc, slot);
  }

  /** Puts each value of a match. */
  abstract void read(int doc, int slot) throws IOException;

  /** Whether the match has values that are not among these. */
  final boolean isShort() {
    return isShort;
  }

  /** Says that a value of the match is left out. */
  final void shorten() {
    isShort = true;
  }

  /** How many different values the match has, {@link #MOST} at most. */
  final int size() {
    return size;
  }

  final long code(int i) {
    return codes[i];
  }

  final void put(long code) {
    if (code == Coder.NONE) {
      return;
    }
    for (int i = 0; i < size; i++) {
      if (codes[i] == code) {
        return;
      }
    }
    if (size == MOST) {
      isShort = true;
      return;
    }
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, size * 2);
    }
    codes[size++] = code;
  }
}
