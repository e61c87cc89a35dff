package mo.farol.store;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
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
import org.jspecify.annotations.Nullable;

/** Rows whose sequence is in one of some runs; looks at every row. */
final class AmongRuns extends Query {
  private final long[] firsts;
  private final long[] lasts;

  /** Runs in order, from {@code firsts[i]} to {@code lasts[i]}. */
  AmongRuns(long[] firsts, long[] lasts) {
    this.firsts = firsts;
    this.lasts = lasts;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
    return new ConstantScoreWeight(this, boost) {
      @Override
      public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
        NumericDocValues sequences = context.reader().getNumericDocValues(Layout.SEQUENCE);
        if (sequences == null) {
          return null;
        }
        return new Supplier(sequences, score(), mode, context.reader().maxDoc());
      }

      @Override
      public boolean isCacheable(LeafReaderContext context) {
        return false;
      }
    };
  }

  private final class Supplier extends ScorerSupplier {
    private final NumericDocValues sequences;
    private final float score;
    private final ScoreMode mode;
    private final int cost;

    Supplier(NumericDocValues sequences, float score, ScoreMode mode, int cost) {
      this.sequences = sequences;
      this.score = score;
      this.mode = mode;
      this.cost = cost;
    }

    @Override
    public Scorer get(long leadCost) {
      return new ConstantScoreScorer(
          score,
          mode,
          new TwoPhaseIterator(sequences) {
            @Override
            public boolean matches() throws IOException {
              return isAmong(sequences.longValue());
            }

            @Override
            public float matchCost() {
              return 10;
            }
          });
    }

    @Override
    public long cost() {
      return cost;
    }
  }

  private boolean isAmong(long sequence) {
    int found = Arrays.binarySearch(firsts, sequence);
    int i = found >= 0 ? found : -found - 2;
    return i >= 0 && sequence <= lasts[i];
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return "among " + firsts.length + " runs";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AmongRuns runs
        && Arrays.equals(firsts, runs.firsts)
        && Arrays.equals(lasts, runs.lasts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(firsts) + Arrays.hashCode(lasts);
  }
}
