package mo.farol.store;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * Says in which runs of a segment's terms a pattern may find some: in no other run there is one.
 * Any thread.
 */
final class TrigramGuide {
  /** Where more than one run of so many is left, all terms of the index are gone through faster. */
  private static final int LEFT = 4;

  private final IndexInput file;
  private final BytesRef prefix;
  private final int runs;
  private final int longest;
  private final TrigramBlock.Place[] blocks;

  /**
   * @param prefix what all terms begin with, here left out of what runs begin with
   * @param longest bytes of the longest term behind the prefix, or more
   * @param blocks where each block lies
   */
  TrigramGuide(
      IndexInput file, BytesRef prefix, int runs, int longest, TrigramBlock.Place[] blocks) {
    this.file = file;
    this.prefix = prefix;
    this.runs = runs;
    this.longest = longest;
    this.blocks = blocks;
  }

  /** What all terms begin with. */
  BytesRef prefix() {
    return prefix;
  }

  /** No term is longer than so many bytes, what all begin with left out. */
  int longest() {
    return longest;
  }

  /**
   * The runs that may hold a term with such literals; null where they are no help.
   *
   * @param beginning what each such term begins with, behind what all terms begin with
   * @param asked whose time ends this, where it is a question's
   */
  @Nullable TrigramRuns runs(Literals literals, BytesRef beginning, @Nullable LeafReader asked)
      throws IOException {
    if (literals.isEmpty()) {
      return null;
    }
    var in = file.clone();
    int from = Math.max(0, after(in, beginning, false) - 1);
    int to = after(in, beginning, true);
    long[] left = new long[blocks.length << Trigrams.RUN_BITS - 6];
    int count = 0;
    for (int block = from >> Trigrams.RUN_BITS; block << Trigrams.RUN_BITS < to; block++) {
      WatchedReader.demand(asked);
      int at = block << Trigrams.RUN_BITS - 6;
      mark(in, block, literals, left, at);
      count += cut(left, at, from, to);
    }
    return count > (to - from) / LEFT ? null : new TrigramRuns(this, in, left, count);
  }

  private void mark(IndexInput in, int block, Literals literals, long[] into, int at)
      throws IOException {
    int words = Trigrams.words(held(block));
    Arrays.fill(into, at, at + words, -1L);
    for (var one : literals.all()) {
      long[] any = new long[words];
      for (int[] trigrams : one) {
        long[] all = holding(in, block, trigrams, words);
        for (int i = 0; i < words; i++) {
          any[i] |= all[i];
        }
      }
      if (!keep(into, at, any)) {
        return;
      }
    }
  }

  // A bit for each run of a block, set where all of the trigrams may be.
  private long[] holding(IndexInput in, int block, int[] trigrams, int words) throws IOException {
    long[] all = new long[words];
    long[] row = new long[words];
    byte[] coded = new byte[Trigrams.GROUP + TrigramRow.MOST];
    for (int i = 0; i < trigrams.length; i++) {
      Arrays.fill(row, 0);
      row(in, blocks[block], trigrams[i], coded, row);
      if (i == 0) {
        System.arraycopy(row, 0, all, 0, words);
      } else if (!keep(all, 0, row)) {
        return all;
      }
    }
    return all;
  }

  private static void row(
      IndexInput in, TrigramBlock.Place block, int trigram, byte[] coded, long[] into)
      throws IOException {
    int row = trigram & block.height() - 1;
    int group = row / Trigrams.GROUP;
    in.seek(block.rows() + (long) group * Integer.BYTES);
    int at = in.readInt();
    long lengths = block.rows() + (long) block.height() / Trigrams.GROUP * Integer.BYTES;
    in.seek(lengths + (long) group * Trigrams.GROUP);
    in.readBytes(coded, 0, row % Trigrams.GROUP + 1);
    for (int i = 0; i < row % Trigrams.GROUP; i++) {
      at += coded[i] & 0xFF;
    }
    int length = coded[row % Trigrams.GROUP] & 0xFF;
    if (length > 0) {
      in.seek(lengths + block.height() + at);
      in.readBytes(coded, 0, length);
      TrigramRow.read(coded, length, into);
    }
  }

  private static boolean keep(long[] of, int at, long[] those) {
    long any = 0;
    for (int i = 0; i < those.length; i++) {
      of[at + i] &= those[i];
      any |= of[at + i];
    }
    return any != 0;
  }

  private static int cut(long[] left, int at, int from, int to) {
    int count = 0;
    int end = Math.min(left.length, at + Trigrams.words(Trigrams.RUNS));
    for (int i = at; i < end; i++) {
      int first = i << 6;
      if (first < from) {
        left[i] &= from - first >= Long.SIZE ? 0 : -1L << from - first;
      }
      if (to - first < Long.SIZE) {
        left[i] &= to <= first ? 0 : (1L << to - first) - 1;
      }
      count += Long.bitCount(left[i]);
    }
    return count;
  }

  /** Runs of a block. */
  private int held(int block) {
    return Math.min(Trigrams.RUNS, runs - (block << Trigrams.RUN_BITS));
  }

  /**
   * How many runs begin before a value or with just it.
   *
   * @param with whether those that begin with more than it are counted too
   */
  private int after(IndexInput in, BytesRef value, boolean with) throws IOException {
    int low = 0;
    int high = runs;
    var beginning = new BytesRef();
    while (low < high) {
      int middle = low + high >>> 1;
      beginning(in, middle, beginning, 0);
      boolean isBefore =
          beginning.compareTo(value) <= 0 || with && StringHelper.startsWith(beginning, value);
      if (isBefore) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  int runs() {
    return runs;
  }

  /**
   * Reads what a run begins with.
   *
   * @param at where it is put into the bytes
   */
  void beginning(IndexInput in, int run, BytesRef into, int at) throws IOException {
    int block = run >> Trigrams.RUN_BITS;
    int inBlock = run & Trigrams.RUNS - 1;
    long table = blocks[block].beginnings();
    in.seek(table + (long) inBlock * Integer.BYTES);
    int from = in.readInt();
    int to = in.readInt();
    int length = to - from;
    if (from < 0 || length < 0 || length > Short.MAX_VALUE) {
      throw new CorruptIndexException("run " + run + " begins nowhere", in);
    }
    if (into.bytes.length < at + length) {
      into.bytes = Arrays.copyOf(into.bytes, at + length + 64);
    }
    in.seek(table + (held(block) + 1L) * Integer.BYTES + from);
    in.readBytes(into.bytes, at, length);
    into.length = at + length;
  }
}
