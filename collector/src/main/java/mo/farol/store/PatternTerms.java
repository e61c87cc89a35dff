package mo.farol.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.Operations;
import org.jspecify.annotations.Nullable;

/**
 * Events that have a term which fits a pattern. Where trigrams guide, only the terms of those runs
 * are gone through that may fit; elsewhere all. A question looks at a segment in several goes; what
 * was found of its terms is kept.
 */
final class PatternTerms extends Query {
  /**
   * About how many events have one of the terms which there are so many of that they are guided to.
   */
  private static final int EVENTS_A_TERM = 4;

  private final AutomatonQuery terms;
  private final BytesRef prefix;
  private final BytesRef beginning;
  private final Literals literals;

  /**
   * @param terms the pattern, over whole terms
   * @param prefix what they begin with before the value
   * @param literals what every value that fits holds
   */
  PatternTerms(AutomatonQuery terms, BytesRef prefix, Literals literals) {
    this.terms = terms;
    this.prefix = prefix;
    this.literals = automaton(terms) == null ? Literals.NONE : literals;
    this.beginning = this.literals.isEmpty() ? new BytesRef() : beginning(terms, prefix);
  }

  private static BytesRef beginning(AutomatonQuery terms, BytesRef prefix) {
    var all = Operations.getCommonPrefixBytesRef(terms.getCompiled().automaton);
    return new BytesRef(all.bytes, all.offset + prefix.length, all.length - prefix.length);
  }

  private static @Nullable ByteRunAutomaton automaton(AutomatonQuery terms) {
    var compiled = terms.getCompiled();
    return compiled.type == CompiledAutomaton.AUTOMATON_TYPE.NORMAL ? compiled.runAutomaton : null;
  }

  /** Takes whole terms; null where one text or none fits, or every one. */
  @Nullable ByteRunAutomaton automaton() {
    return automaton(terms);
  }

  /** The runs of terms that may fit; null where there is no guide or it is no help. */
  @Nullable TrigramRuns runs(LeafReaderContext leaf) throws IOException {
    var all = leaf.reader().terms(terms.getField());
    return all == null ? null : runs(all);
  }

  private @Nullable TrigramRuns runs(Terms all) throws IOException {
    var guide = literals.isEmpty() ? null : TrigramPostings.guide(all, prefix);
    return guide == null ? null : guide.runs(literals, beginning);
  }

  // Words of values are kept of long ones only: mostly a segment has none.
  private boolean isBare(Terms all) throws IOException {
    var some = all.iterator();
    return some.seekCeil(prefix) == TermsEnum.SeekStatus.END
        || !StringHelper.startsWith(some.term(), prefix);
  }

  private TermsEnum fitting(Terms all) throws IOException {
    var runs = runs(all);
    var pattern = automaton();
    return runs == null || pattern == null
        ? terms.getCompiled().getTermsEnum(all)
        : new GuidedTerms(all.iterator(), runs, pattern);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
    return new ConstantScoreWeight(this, boost) {
      private final Map<Integer, Weight> found = new HashMap<>();

      @Override
      public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
        var known = found.get(leaf.ord);
        if (known != null) {
          return known.scorerSupplier(leaf);
        }
        var all = leaf.reader().terms(terms.getField());
        var runs = all == null ? null : runs(all);
        if (all == null || (runs == null ? isBare(all) : runs.count() == 0)) {
          found.put(leaf.ord, MatchNoDocsQuery.INSTANCE.createWeight(searcher, mode, score()));
          return null;
        }
        long cost = leaf.reader().maxDoc();
        if (runs != null) {
          cost = Math.min(cost, (long) runs.terms() * EVENTS_A_TERM);
        }
        return new Gathering(() -> gathered(leaf, all), score(), mode, cost);
      }

      private @Nullable ScorerSupplier gathered(LeafReaderContext leaf, Terms all)
          throws IOException {
        var known = found.get(leaf.ord);
        if (known == null) {
          var gathered = new GatheredTerms(terms.getField(), leaf, searcher);
          gathered.take(fitting(all));
          known = gathered.weight(mode, score());
          found.put(leaf.ord, known);
        }
        return known.scorerSupplier(leaf);
      }

      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return true;
      }
    };
  }

  private interface Gathered {
    @Nullable ScorerSupplier get() throws IOException;
  }

  /** Goes through the terms when the events are wanted. */
  private static final class Gathering extends ScorerSupplier {
    private final Gathered gathered;
    private final float score;
    private final ScoreMode mode;
    private final long cost;

    Gathering(Gathered gathered, float score, ScoreMode mode, long cost) {
      this.gathered = gathered;
      this.score = score;
      this.mode = mode;
      this.cost = cost;
    }

    @Override
    public Scorer get(long leadCost) throws IOException {
      var found = gathered.get();
      return found == null
          ? new ConstantScoreScorer(score, mode, DocIdSetIterator.empty())
          : found.get(leadCost);
    }

    @Override
    public BulkScorer bulkScorer() throws IOException {
      var found = gathered.get();
      return found == null ? super.bulkScorer() : found.bulkScorer();
    }

    @Override
    public long cost() {
      return cost;
    }
  }

  @Override
  public void visit(QueryVisitor visitor) {
    terms.visit(visitor);
  }

  @Override
  public String toString(String field) {
    return terms.toString(field);
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other) && other instanceof PatternTerms that && terms.equals(that.terms);
  }

  @Override
  public int hashCode() {
    return classHash() * 31 + terms.hashCode();
  }
}
