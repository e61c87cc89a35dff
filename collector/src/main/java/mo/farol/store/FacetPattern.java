package mo.farol.store;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.jspecify.annotations.Nullable;

/**
 * A pattern over the values of a facet. The values of a segment lie in order, and going through
 * them once costs far less than going through the terms of the index; for few events only their own
 * values are looked at, so the newest page doesn't wait for a million values. The same events as
 * the query over the terms, which is asked where a value is too long to be kept whole by the facet.
 */
final class FacetPattern extends Query {
  /** Whether a value fits, as far as the facet keeps it. */
  enum Fit {
    YES,
    NO,
    UNKNOWN
  }

  /** A facet's value this long may be the beginning of a longer one. */
  private static final int MAYBE_CUT = Layout.LONGEST_FACET - 3;

  /**
   * Going to a term and reading its events costs at most as much as going through so many values.
   */
  private static final int VALUES_A_TERM = 16;

  private final String facet;
  private final PatternTerms whole;
  private final Query terms;
  private final byte[] prefix;
  private final BytesRef beginning;
  private final byte[] ending;
  private final ByteRunAutomaton pattern;
  private final int start;

  /**
   * @param whole the same pattern over the terms of values kept whole
   * @param terms the same pattern over the terms of the index
   * @param beginning what every value that fits begins with, as the facet keeps it; may be empty
   * @param ending what every value that fits ends with; may be empty
   * @param pattern over the bytes of a term, its prefix included
   */
  FacetPattern(
      String field,
      PatternTerms whole,
      Query terms,
      BytesRef beginning,
      byte[] ending,
      ByteRunAutomaton pattern) {
    this.whole = whole;
    this.facet = Layout.FACET + field;
    this.prefix = Layout.prefix(Layout.VALUE, field);
    this.ending = ending;
    this.terms = terms;
    this.beginning = beginning;
    this.pattern = pattern;
    int state = 0;
    for (byte b : prefix) {
      state = state < 0 ? state : pattern.step(state, b & 0xFF);
    }
    this.start = state;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost)
      throws IOException {
    var byTerms = searcher.createWeight(searcher.rewrite(terms), mode, boost);
    return new ConstantScoreWeight(this, boost) {
      // A question looks at a segment in several goes; what was found of its values is kept.
      private final Map<Integer, FacetValues> known = new HashMap<>();

      @Override
      public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
        var values = leaf.reader().getSortedSetDocValues(facet);
        if (values == null) {
          return byTerms.scorerSupplier(leaf);
        }
        var fits = known.get(leaf.ord);
        if (fits == null) {
          fits = new FacetValues(FacetPattern.this, byTerms, leaf, guided(leaf, values));
          known.put(leaf.ord, fits);
        }
        var guided = fits.isGuided() ? byTerms.scorerSupplier(leaf) : null;
        return fits.isGuided() && guided == null
            ? null
            : new FacetMatches(values, fits, guided, score(), mode);
      }

      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return true;
      }
    };
  }

  // How many runs of terms may fit; -1 where going through the facet's values is faster.
  private int guided(LeafReaderContext leaf, SortedSetDocValues values) throws IOException {
    var runs = whole.runs(leaf);
    return runs == null || runs.terms() > values.getValueCount() / VALUES_A_TERM
        ? -1
        : runs.count();
  }

  /** What every value that fits begins with. */
  BytesRef beginning() {
    return beginning;
  }

  /** The term of a value that the facet keeps whole. */
  BytesRef term(BytesRef value) {
    byte[] term = Arrays.copyOf(prefix, prefix.length + value.length);
    System.arraycopy(value.bytes, value.offset, term, prefix.length, value.length);
    return new BytesRef(term);
  }

  private boolean hasEnding(BytesRef value) {
    int at = value.offset + value.length - ending.length;
    if (at < value.offset) {
      return false;
    }
    for (byte b : ending) {
      if (value.bytes[at++] != b) {
        return false;
      }
    }
    return true;
  }

  Fit fit(BytesRef value) {
    if (value.length >= MAYBE_CUT) {
      return Fit.UNKNOWN;
    }
    if (!hasEnding(value)) {
      return Fit.NO;
    }
    int state = start;
    int end = value.offset + value.length;
    for (int i = value.offset; i < end && state >= 0; i++) {
      state = pattern.step(state, value.bytes[i] & 0xFF);
    }
    return state >= 0 && pattern.isAccept(state) ? Fit.YES : Fit.NO;
  }

  /** To be asked about values in order. */
  InOrder inOrder() {
    return new InOrder();
  }

  /**
   * Neighbours begin alike: for each value the automaton goes on where it stood behind what the
   * value shares with the one before. For one thread.
   */
  final class InOrder {
    private final byte[] before = new byte[MAYBE_CUT];
    private final int[] states = new int[MAYBE_CUT + 1];
    private int known;

    private InOrder() {
      states[0] = start;
    }

    Fit next(BytesRef value) {
      int length = value.length;
      if (length >= MAYBE_CUT) {
        return Fit.UNKNOWN;
      }
      if (!hasEnding(value)) {
        return Fit.NO;
      }
      byte[] bytes = value.bytes;
      int from = value.offset;
      int alike = Arrays.mismatch(before, 0, known, bytes, from, from + Math.min(known, length));
      int at = alike < 0 ? known : alike;
      int state = states[at];
      for (; at < length && state >= 0; at++) {
        byte b = bytes[from + at];
        before[at] = b;
        state = pattern.step(state, b & 0xFF);
        states[at + 1] = state;
      }
      known = at;
      return at == length && state >= 0 && pattern.isAccept(state) ? Fit.YES : Fit.NO;
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
    return (classHash() * 31 + terms.hashCode()) * 31 + facet.hashCode();
  }
}
