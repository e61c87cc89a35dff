package mo.farol.store;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.BytesRef;

/** The runs of a block while they are made. For one thread. */
final class TrigramBlock {
  /** Trigrams that a run may have, so that long values leave the rows some zeros. */
  private static final int FULL = 1024;

  /** Of so many bits one may be set; with fewer rows there would be more. */
  private static final int BITS_A_ONE = 5;

  private static final int STRIDE = Trigrams.words(Trigrams.RUNS);

  private static final int[] LONG_S = Trigrams.longS();

  private final byte[] lengths = new byte[Trigrams.ROWS];
  private byte[] coded = new byte[1 << 16];
  private final long[] rows = new long[Trigrams.ROWS * STRIDE];
  private final TermBuffer beginnings = new TermBuffer();
  private final BytesRef beginning = new BytesRef();
  private byte[] last = new byte[256];
  private int lastLength;
  private int terms;
  private int trigrams;
  private int runs;

  /** Starts over with other terms. */
  void clear() {
    lastLength = 0;
    terms = 0;
  }

  int runs() {
    return runs;
  }

  /** Whether the next term begins a run for which there is no room. */
  boolean isFull() {
    return runs == Trigrams.RUNS && isRunFull();
  }

  private boolean isRunFull() {
    return terms == Trigrams.TERMS || trigrams >= FULL;
  }

  /** Takes the next term in order, without what all of them begin with. */
  void add(BytesRef term) {
    int end = term.offset + term.length;
    int alike = Arrays.mismatch(last, 0, lastLength, term.bytes, term.offset, end);
    alike = Math.max(0, alike);
    if (terms == 0 || isRunFull()) {
      begin(term, alike);
      alike = 0;
    }
    int from = Math.max(0, alike - (Trigrams.SHORTEST - 1));
    mark(term.bytes, term.offset + from, end);
    trigrams += Math.max(0, term.length - from - (Trigrams.SHORTEST - 1));
    terms++;
    keep(term, alike);
  }

  private void begin(BytesRef term, int alike) {
    beginning.bytes = term.bytes;
    beginning.offset = term.offset;
    beginning.length = lastLength == 0 ? 0 : Math.min(alike + 1, term.length);
    beginnings.add(beginning);
    runs++;
    terms = 0;
    trigrams = 0;
  }

  private void mark(byte[] bytes, int from, int end) {
    int word = runs - 1 >> 6;
    long bit = 1L << runs - 1;
    int three = 0;
    int first = from + Trigrams.SHORTEST - 1;
    for (int i = from; i < end; i++) {
      three = three << 8 | bytes[i] & 0xFF;
      if (i >= first) {
        rows[Trigrams.row(three) * STRIDE + word] |= bit;
      }
      if ((three & 0xFFFF) == Trigrams.LONG_S) {
        for (int row : LONG_S) {
          rows[row * STRIDE + word] |= bit;
        }
      }
    }
  }

  private void keep(BytesRef term, int alike) {
    if (term.length > last.length) {
      last = Arrays.copyOf(last, term.length * 2);
    }
    System.arraycopy(term.bytes, term.offset + alike, last, alike, term.length - alike);
    lastLength = term.length;
  }

  /** Where the parts of a block lie: its first byte, how many rows, the beginnings of its runs. */
  record Place(long rows, int height, long beginnings) {}

  /** Writes the runs and forgets them; the next terms follow on. */
  Place write(IndexOutput out) throws IOException {
    long place = out.getFilePointer();
    int words = Trigrams.words(runs);
    int height = fold(words);
    rows(out, height, words);
    long behind = out.getFilePointer();
    int at = 0;
    out.writeInt(at);
    for (int i = 0; i < runs; i++) {
      beginnings.get(i, beginning);
      at += beginning.length;
      out.writeInt(at);
    }
    beginnings.get(0, beginning);
    out.writeBytes(beginning.bytes, beginning.offset, at);
    forget(words);
    return new Place(place, height, behind);
  }

  private void rows(IndexOutput out, int height, int words) throws IOException {
    int at = 0;
    for (int row = 0; row < height; row++) {
      if (row % Trigrams.GROUP == 0) {
        out.writeInt(at);
      }
      if (at + TrigramRow.MOST > coded.length) {
        coded = Arrays.copyOf(coded, coded.length * 2);
      }
      int end = TrigramRow.write(rows, row * STRIDE, words, runs, coded, at);
      lengths[row] = (byte) (end - at);
      at = end;
    }
    out.writeBytes(lengths, 0, height);
    out.writeBytes(coded, 0, at);
    Arrays.fill(coded, 0, at, (byte) 0);
  }

  private void forget(int words) {
    for (int row = 0; row < Trigrams.ROWS; row++) {
      Arrays.fill(rows, row * STRIDE, row * STRIDE + words, 0);
    }
    beginnings.clear();
    runs = 0;
    terms = 0;
  }

  // Lays the upper half of the rows over the lower one for as long as that leaves enough zeros.
  private int fold(int words) {
    int height = Trigrams.ROWS;
    while (height > Trigrams.GROUP && ones(height / 2, words) <= most(height / 2)) {
      height /= 2;
      for (int row = 0; row < height; row++) {
        for (int i = row * STRIDE; i < row * STRIDE + words; i++) {
          rows[i] |= rows[i + height * STRIDE];
        }
      }
    }
    return height;
  }

  private long most(int height) {
    return (long) height * runs / BITS_A_ONE;
  }

  private long ones(int height, int words) {
    long ones = 0;
    for (int row = 0; row < height; row++) {
      for (int i = row * STRIDE; i < row * STRIDE + words; i++) {
        ones += Long.bitCount(rows[i] | rows[i + height * STRIDE]);
      }
    }
    return ones;
  }
}
