package mo.farol.store;

import java.io.IOException;
import mo.farol.store.FacetPattern.Fit;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * Which values of one segment's facet fit a pattern, and which events do where the facet can't
 * tell: each worked out once, when it is first asked. Belongs to one question.
 */
final class FacetValues {
  private static final int CHECK = (1 << 10) - 1;

  private final FacetPattern pattern;
  private final Weight byTerms;
  private final LeafReaderContext leaf;
  private @Nullable FixedBitSet fitting;
  private @Nullable FixedBitSet unknown;
  private @Nullable FixedBitSet events;

  /**
   * @param byTerms the same pattern over the terms of the index
   */
  FacetValues(FacetPattern pattern, Weight byTerms, LeafReaderContext leaf) {
    this.pattern = pattern;
    this.byTerms = byTerms;
    this.leaf = leaf;
  }

  boolean isSwept() {
    return fitting != null;
  }

  /** Goes through all values, so that {@link #swept} can tell. */
  void sweep(SortedSetDocValues values) throws IOException {
    int count = Math.toIntExact(values.getValueCount());
    var yes = new FixedBitSet(count);
    var maybe = new FixedBitSet(count);
    var all = values.termsEnum();
    int steps = 0;
    for (var more = all.seekCeil(pattern.beginning()) != TermsEnum.SeekStatus.END;
        more && StringHelper.startsWith(all.term(), pattern.beginning());
        more = all.next() != null) {
      if ((++steps & CHECK) == 0) {
        WatchedReader.demand(leaf.reader());
      }
      var fit = pattern.fit(all.term());
      if (fit != Fit.NO) {
        (fit == Fit.YES ? yes : maybe).set((int) all.ord());
      }
    }
    unknown = maybe;
    fitting = yes;
  }

  /** Whether a value fits, once {@link #sweep} went through them. */
  Fit swept(long value) {
    if (fitting != null && fitting.get((int) value)) {
      return Fit.YES;
    }
    return unknown != null && unknown.get((int) value) ? Fit.UNKNOWN : Fit.NO;
  }

  /** Whether one value fits, by looking it up. */
  Fit lookUp(SortedSetDocValues values, long value) throws IOException {
    return pattern.fit(values.lookupOrd(value));
  }

  /** Whether an event matches by the terms of the index. */
  boolean hasByTerms(int doc) throws IOException {
    var known = events;
    if (known == null) {
      known = new FixedBitSet(leaf.reader().maxDoc());
      var scorer = byTerms.scorer(leaf);
      if (scorer != null) {
        known.or(scorer.iterator());
      }
      events = known;
    }
    return known.get(doc);
  }
}
