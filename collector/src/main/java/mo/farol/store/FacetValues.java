package mo.farol.store;

import java.io.IOException;
import mo.farol.store.FacetPattern.Fit;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * Which values of one segment's facet fit a pattern, and which events do where the facet can't
 * tell: each worked out once, when it is first asked. Belongs to one question.
 */
final class FacetValues {
  /** Looking a term up costs as much as going through so many events. */
  private static final int EVENTS_A_TERM = 200;

  /** Leaping to a run of terms and going through it costs as much as so many values. */
  private static final int VALUES_A_RUN = 50;

  private static final int CHECK = (1 << 10) - 1;

  private final FacetPattern pattern;
  private final Weight byTerms;
  private final LeafReaderContext leaf;
  private final int runs;
  private @Nullable FixedBitSet fitting;
  private @Nullable FixedBitSet unknown;
  private @Nullable FixedBitSet events;
  private @Nullable FixedBitSet few;
  private boolean isFewKnown;

  /**
   * @param byTerms the same pattern over the terms of the index
   * @param runs how many runs of terms a guide leaves; -1 where it is not asked
   */
  FacetValues(FacetPattern pattern, Weight byTerms, LeafReaderContext leaf, int runs) {
    this.runs = runs;
    this.pattern = pattern;
    this.byTerms = byTerms;
    this.leaf = leaf;
  }

  /** Whether the terms of the index are looked at, in the runs that a guide leaves. */
  boolean isGuided() {
    return runs >= 0;
  }

  /** What finding all that fits costs, in values gone through. */
  long cost(SortedSetDocValues values) {
    return isGuided() ? (long) runs * VALUES_A_RUN : values.getValueCount();
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
    var fits = pattern.inOrder();
    int steps = 0;
    for (var more = all.seekCeil(pattern.beginning()) != TermsEnum.SeekStatus.END;
        more && StringHelper.startsWith(all.term(), pattern.beginning());
        more = all.next() != null) {
      if ((++steps & CHECK) == 0) {
        WatchedReader.demand(leaf.reader());
      }
      var fit = fits.next(all.term());
      if (fit != Fit.NO) {
        (fit == Fit.YES ? yes : maybe).set((int) all.ord());
      }
    }
    unknown = maybe;
    fitting = yes;
  }

  /**
   * The events that have one of the values that fit, by the terms of the index; null where they are
   * so many that going through all events costs less, or where the facet can't tell.
   */
  @Nullable FixedBitSet few(SortedSetDocValues values) throws IOException {
    if (!isFewKnown) {
      few = byTerms(values);
      isFewKnown = true;
    }
    return few;
  }

  private @Nullable FixedBitSet byTerms(SortedSetDocValues values) throws IOException {
    var yes = fitting;
    var terms = leaf.reader().terms(Layout.TERMS);
    if (yes == null
        || yes.length() == 0
        || terms == null
        || unknown != null && unknown.nextSetBit(0) != DocIdSetIterator.NO_MORE_DOCS
        || yes.cardinality() > leaf.reader().maxDoc() / EVENTS_A_TERM) {
      return null;
    }
    var found = new FixedBitSet(leaf.reader().maxDoc());
    var all = terms.iterator();
    for (int i = yes.nextSetBit(0); i != DocIdSetIterator.NO_MORE_DOCS; i = after(yes, i)) {
      if (all.seekExact(pattern.term(values.lookupOrd(i)))) {
        found.or(all.postings(null, PostingsEnum.NONE));
      }
    }
    return found;
  }

  private static int after(FixedBitSet bits, int i) {
    return i + 1 < bits.length() ? bits.nextSetBit(i + 1) : DocIdSetIterator.NO_MORE_DOCS;
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
