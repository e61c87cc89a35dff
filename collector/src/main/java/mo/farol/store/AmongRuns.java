package mo.farol.store;

import java.io.IOException;
import mo.farol.event.Runs;
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
  private final Runs runs;

  AmongRuns(Runs runs) {
    this.runs = runs;
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
              return runs.contains(sequences.longValue());
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

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return "among " + runs.size() + " runs";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AmongRuns among && runs.equals(among.runs);
  }

  @Override
  public int hashCode() {
    return runs.hashCode();
  }
}
