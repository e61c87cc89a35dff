package mo.farol.store;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.CorruptIndexException;
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
  private final long[] places;
  private final int[] rows;

  /**
   * @param prefix what all terms begin with, here left out of what runs begin with
   * @param places where each block lies
   * @param rows how many rows each has
   */
  TrigramGuide(IndexInput file, BytesRef prefix, int runs, long[] places, int[] rows) {
    this.file = file;
    this.prefix = prefix;
    this.runs = runs;
    this.places = places;
    this.rows = rows;
  }

  /** What all terms begin with. */
  BytesRef prefix() {
    return prefix;
  }

  /**
   * The runs that may hold a term with such literals; null where they are no help.
   *
   * @param beginning what each such term begins with, behind what all terms begin with
   */
  @Nullable TrigramRuns runs(Literals literals, BytesRef beginning) throws IOException {
    if (literals.isEmpty()) {
      return null;
    }
    var in = file.clone();
    int from = Math.max(0, after(in, beginning, false) - 1);
    int to = after(in, beginning, true);
    long[] left = new long[places.length << Trigrams.RUN_BITS - 6];
    int count = 0;
    for (int block = from >> Trigrams.RUN_BITS; block << Trigrams.RUN_BITS < to; block++) {
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
      keep(into, at, any);
    }
  }

  // A bit for each run of a block, set where all of the trigrams may be.
  private long[] holding(IndexInput in, int block, int[] trigrams, int words) throws IOException {
    long[] all = new long[words];
    Arrays.fill(all, -1L);
    long[] row = new long[words];
    for (int trigram : trigrams) {
      in.seek(places[block] + (long) (trigram & rows[block] - 1) * words * Long.BYTES);
      in.readLongs(row, 0, words);
      keep(all, 0, row);
    }
    return all;
  }

  private static void keep(long[] of, int at, long[] those) {
    for (int i = 0; i < those.length; i++) {
      of[at + i] &= those[i];
    }
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
    int held = held(block);
    long table = places[block] + (long) rows[block] * Trigrams.words(held) * Long.BYTES;
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
    in.seek(table + (held + 1L) * Integer.BYTES + from);
    in.readBytes(into.bytes, at, length);
    into.length = at + length;
  }
}
