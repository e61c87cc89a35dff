package mo.farol.store;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.StringHelper;

/** Runs of terms that may hold some, in order; neighbours are one stretch. For one thread. */
final class TrigramRuns {
  private final TrigramGuide guide;
  private final IndexInput in;
  private final FixedBitSet left;
  private final int count;
  private final BytesRef from = new BytesRef();
  private final BytesRef to = new BytesRef();
  private boolean isLast;
  private int next;

  TrigramRuns(TrigramGuide guide, IndexInput in, long[] left, int count) {
    this(guide, in, new FixedBitSet(left, left.length * Long.SIZE), count);
  }

  private TrigramRuns(TrigramGuide guide, IndexInput in, FixedBitSet left, int count) {
    this.guide = guide;
    this.in = in;
    this.left = left;
    this.count = count;
    byte[] prefix = Arrays.copyOfRange(guide.prefix().bytes, 0, guide.prefix().length);
    from.bytes = prefix.clone();
    to.bytes = prefix;
  }

  /** The same from the first one on, for the same thread. */
  TrigramRuns again() {
    return new TrigramRuns(guide, in, left, count);
  }

  /** How many runs. */
  int count() {
    return count;
  }

  /** How many terms they hold at most. */
  int terms() {
    return count * Trigrams.TERMS;
  }

  /** Goes to the first stretch, or to the next one; false where there is none. */
  boolean next() throws IOException {
    int length = left.length();
    int first = next < length ? left.nextSetBit(next) : DocIdSetIterator.NO_MORE_DOCS;
    if (first == DocIdSetIterator.NO_MORE_DOCS) {
      return false;
    }
    int end = first + 1;
    while (end < length && left.get(end)) {
      end++;
    }
    next = end;
    int prefix = guide.prefix().length;
    guide.beginning(in, first, from, prefix);
    isLast = end >= guide.runs();
    if (isLast) {
      to.length = prefix;
    } else {
      guide.beginning(in, end, to, prefix);
    }
    return true;
  }

  /** No term of the stretch is before; changed by the next move. */
  BytesRef from() {
    return from;
  }

  /** Whether a term lies behind the stretch. */
  boolean isBehind(BytesRef term) {
    return isLast ? !StringHelper.startsWith(term, to) : to.compareTo(term) <= 0;
  }
}
