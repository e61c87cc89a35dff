package mo.farol.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
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
  /** So many terms are gone through at once, to know how many events they have. */
  private static final int SOON_READ = 1_024;

  /** Bytes of events that a question keeps of all segments it has looked at. */
  private static final long MOST_HELD = 16L << 20;

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
    return all == null ? null : runs(all, leaf.reader());
  }

  private @Nullable TrigramRuns runs(Terms all, LeafReader asked) throws IOException {
    var guide = literals.isEmpty() ? null : TrigramPostings.guide(all, prefix);
    return guide == null
        ? null
        : WatchedReader.runs(asked, this, () -> guide.runs(literals, beginning, asked));
  }

  // Words of values are kept of long ones only: mostly a segment has none.
  private boolean isBare(Terms all) throws IOException {
    var some = all.iterator();
    return some.seekCeil(prefix) == TermsEnum.SeekStatus.END
        || !StringHelper.startsWith(some.term(), prefix);
  }

  private TermsEnum fitting(Terms all, LeafReader asked) throws IOException {
    var runs = runs(all, asked);
    var pattern = automaton();
    return runs == null || pattern == null
        ? terms.getCompiled().getTermsEnum(all)
        : new GuidedTerms(all.iterator(), runs, pattern);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
    return new ConstantScoreWeight(this, boost) {
      private final Map<Integer, GatheredTerms.Some> found = new HashMap<>();
      private long held;

      @Override
      public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
        var known = found.get(leaf.ord);
        if (known != null) {
          return known.supplier();
        }
        var all = leaf.reader().terms(terms.getField());
        var runs = all == null ? null : runs(all, leaf.reader());
        if (all == null || (runs == null ? isBare(all) : runs.count() == 0)) {
          found.put(leaf.ord, GatheredTerms.Some.NONE);
          return null;
        }
        if (runs != null && runs.terms() <= SOON_READ) {
          return gathered(leaf, all); // how many events they have decides what else is looked at
        }
        return new Gathering(() -> gathered(leaf, all), score(), mode, leaf.reader().maxDoc());
      }

      private @Nullable ScorerSupplier gathered(LeafReaderContext leaf, Terms all)
          throws IOException {
        var known = found.get(leaf.ord);
        if (known == null) {
          var gathered = new GatheredTerms(terms.getField(), leaf);
          gathered.take(fitting(all, leaf.reader()));
          known = gathered.some(mode, score());
          held += known.bytes();
          if (held <= MOST_HELD) {
            found.put(leaf.ord, known);
          }
        }
        return known.supplier();
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
