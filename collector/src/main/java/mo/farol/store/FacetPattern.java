package mo.farol.store;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.jspecify.annotations.Nullable;

/**
 * A pattern over the values of a facet. The values of a segment lie in order, and going through
 * them once costs far less than going through the terms of the index; for few events only their own
 * values are looked at, so the newest page doesn't wait for a million values. The same events as
 * the query over the terms, which is asked where a value is too long to be kept whole by the facet.
 */
final class FacetPattern extends Query {
  /** Looking up one event's value costs as much as going through so many values in order. */
  private static final int VALUES_A_LOOK_UP = 200;

  /** A facet's value this long may be the beginning of a longer one. */
  private static final int MAYBE_CUT = Layout.LONGEST_FACET - 3;

  private final String facet;
  private final Query terms;
  private final ByteRunAutomaton pattern;
  private final int start;

  /**
   * @param terms the same pattern over the terms of the index
   * @param pattern over the bytes of a term, its prefix included
   */
  FacetPattern(String field, Query terms, ByteRunAutomaton pattern) {
    this.facet = Layout.FACET + field;
    this.terms = terms;
    this.pattern = pattern;
    int state = 0;
    for (byte b : Layout.prefix(Layout.VALUE, field)) {
      state = state < 0 ? state : pattern.step(state, b & 0xFF);
    }
    this.start = state;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost)
      throws IOException {
    var byTerms = searcher.createWeight(searcher.rewrite(terms), mode, boost);
    return new ConstantScoreWeight(this, boost) {
      @Override
      public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
        var values = leaf.reader().getSortedSetDocValues(facet);
        return values == null
            ? null
            : new Matches(values, new Cut(byTerms, leaf), score(), mode, leaf.reader().maxDoc());
      }

      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return true;
      }
    };
  }

  /** Which events match by the terms of the index, found once it is asked. */
  private static final class Cut {
    private final Weight weight;
    private final LeafReaderContext leaf;
    private @Nullable FixedBitSet found;

    Cut(Weight weight, LeafReaderContext leaf) {
      this.weight = weight;
      this.leaf = leaf;
    }

    boolean has(int doc) throws IOException {
      var known = found;
      if (known == null) {
        known = new FixedBitSet(leaf.reader().maxDoc());
        var scorer = weight.scorer(leaf);
        if (scorer != null) {
          known.or(scorer.iterator());
        }
        found = known;
      }
      return known.get(doc);
    }
  }

  private final class Matches extends ScorerSupplier {
    private final SortedSetDocValues values;
    private final Cut cut;
    private final float score;
    private final ScoreMode mode;
    private final int events;

    Matches(SortedSetDocValues values, Cut cut, float score, ScoreMode mode, int events) {
      this.values = values;
      this.cut = cut;
      this.score = score;
      this.mode = mode;
      this.events = events;
    }

    @Override
    public Scorer get(long leadCost) throws IOException {
      boolean few = leadCost * VALUES_A_LOOK_UP < values.getValueCount();
      var fits = few ? lookedUp() : swept();
      return new ConstantScoreScorer(score, mode, fits);
    }

    @Override
    public long cost() {
      return Math.min(events, values.cost());
    }

    private TwoPhaseIterator lookedUp() {
      return new Fitting(values, cut) {
        @Override
        Fit fit(long value) throws IOException {
          var bytes = values.lookupOrd(value);
          return FacetPattern.this.fit(bytes.bytes, bytes.offset, bytes.length);
        }
      };
    }

    private TwoPhaseIterator swept() throws IOException {
      int count = Math.toIntExact(values.getValueCount());
      var fitting = new FixedBitSet(count);
      var unknown = new FixedBitSet(count);
      var all = values.termsEnum();
      for (var bytes = all.next(); bytes != null; bytes = all.next()) {
        var fit = FacetPattern.this.fit(bytes.bytes, bytes.offset, bytes.length);
        if (fit != Fit.NO) {
          (fit == Fit.YES ? fitting : unknown).set((int) all.ord());
        }
      }
      return new Fitting(values, cut) {
        @Override
        Fit fit(long value) {
          if (fitting.get((int) value)) {
            return Fit.YES;
          }
          return unknown.get((int) value) ? Fit.UNKNOWN : Fit.NO;
        }
      };
    }
  }

  private enum Fit {
    YES,
    NO,
    UNKNOWN
  }

  private Fit fit(byte[] bytes, int from, int length) {
    if (length >= MAYBE_CUT) {
      return Fit.UNKNOWN;
    }
    int state = start;
    for (int i = from; i < from + length && state >= 0; i++) {
      state = pattern.step(state, bytes[i] & 0xFF);
    }
    return state >= 0 && pattern.isAccept(state) ? Fit.YES : Fit.NO;
  }

  /** Events one of whose values fits. */
  private abstract static class Fitting extends TwoPhaseIterator {
    private static final float COST = 10;
    private final SortedSetDocValues values;
    private final Cut cut;

    Fitting(SortedSetDocValues values, Cut cut) {
      super(values);
      this.values = values;
      this.cut = cut;
    }

    abstract Fit fit(long value) throws IOException;

    @Override
    public boolean matches() throws IOException {
      boolean isCut = false;
      for (int k = values.docValueCount(); k > 0; k--) {
        var fit = fit(values.nextOrd());
        if (fit == Fit.YES) {
          return true;
        }
        isCut |= fit == Fit.UNKNOWN;
      }
      return isCut && cut.has(approximation.docID());
    }

    @Override
    public float matchCost() {
      return COST;
    }
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return facet + "~" + terms.toString(field);
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other)
        && other instanceof FacetPattern that
        && facet.equals(that.facet)
        && terms.equals(that.terms);
  }

  @Override
  public int hashCode() {
    return classHash() * 31 + terms.hashCode() * 31 + facet.hashCode();
  }
}
