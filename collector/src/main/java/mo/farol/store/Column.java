package mo.farol.store;

import java.io.IOException;
import java.util.Arrays;

/**
 * The values that the matches of one segment have of something, as codes. Asked in order of the
 * documents; belongs to one thread.
 */
abstract class Column {
  private long[] codes = new long[4];
  private int size;

  /** Makes ready for a run of matches. */
  void open(Slots slots, Deadline deadline) throws IOException {}

  /** Stands on a match. */
  final void load(int doc, int slot) throws IOException {
    size = 0;
    read(doc, slot);
  }

  /** Puts each value of a match. */
  abstract void read(int doc, int slot) throws IOException;

  /** How many different values the match has. */
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
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, size * 2);
    }
    codes[size++] = code;
  }
}
