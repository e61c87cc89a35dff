package mo.farol.store;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;

/**
 * Matches of a segment that lie between two documents, numbered from 0 in their order: so values
 * are kept for matches only, and for so many at a time.
 */
final class Slots {
  private final FixedBitSet matches;
  // Matches before each word of 64 bits.
  private final int[] before;
  private final int first;
  private final int end;

  private Slots(FixedBitSet matches, int[] before, int first, int end) {
    this.matches = matches;
    this.before = before;
    this.first = first;
    this.end = end;
  }

  /** All matches, in runs of at most about {@code most}. */
  static List<Slots> of(FixedBitSet matches, int most) {
    long[] words = matches.getBits();
    int length = FixedBitSet.bits2words(matches.length());
    int[] before = new int[length + 1];
    for (int i = 0; i < length; i++) {
      before[i + 1] = before[i] + Long.bitCount(words[i]);
    }
    var runs = new ArrayList<Slots>();
    for (int word = 0; word < length; ) {
      int from = word++;
      while (word < length && before[word + 1] - before[from] <= most) {
        word++;
      }
      runs.add(new Slots(matches, before, from * 64, Math.min(word * 64, matches.length())));
    }
    return runs;
  }

  /** The first document. */
  int first() {
    return first;
  }

  /** After the last document. */
  int end() {
    return end;
  }

  int count() {
    return before[(end + 63) / 64] - before[first / 64];
  }

  boolean has(int doc) {
    return matches.get(doc);
  }

  int of(int doc) {
    long below = matches.getBits()[doc >> 6] & ((1L << doc) - 1);
    return before[doc >> 6] - before[first / 64] + Long.bitCount(below);
  }

  /** The match after a document, {@link DocIdSetIterator#NO_MORE_DOCS} where there is none. */
  int after(int doc) {
    int next = doc + 1 < end ? matches.nextSetBit(doc + 1) : DocIdSetIterator.NO_MORE_DOCS;
    return next < end ? next : DocIdSetIterator.NO_MORE_DOCS;
  }
}
