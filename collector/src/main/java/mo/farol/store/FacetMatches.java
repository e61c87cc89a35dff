package mo.farol.store;

import java.io.IOException;
import mo.farol.store.FacetPattern.Fit;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.util.BitSetIterator;
import org.jspecify.annotations.Nullable;

/** Events of a segment one of whose values fits. */
final class FacetMatches extends ScorerSupplier {
  /** Looking up one event's value costs as much as going through so many values in order. */
  private static final int VALUES_A_LOOK_UP = 200;

  private final SortedSetDocValues values;
  private final FacetValues fits;
  private final @Nullable ScorerSupplier guided;
  private final float score;
  private final ScoreMode mode;

  /**
   * @param guided the same events by the terms that a guide leaves; null where it is not asked
   */
  FacetMatches(
      SortedSetDocValues values,
      FacetValues fits,
      @Nullable ScorerSupplier guided,
      float score,
      ScoreMode mode) {
    this.guided = guided;
    this.values = values;
    this.fits = fits;
    this.score = score;
    this.mode = mode;
  }

  @Override
  public Scorer get(long leadCost) throws IOException {
    boolean few = leadCost < fits.cost(values) / VALUES_A_LOOK_UP;
    // Where others lead there are that few events to look up; by itself this goes through all.
    if (guided != null && (!few || leadCost >= guided.cost())) {
      return guided.get(leadCost);
    }
    if (!few && !fits.isSwept()) {
      fits.sweep(values);
    }
    var found = few ? null : fits.few(values);
    if (found != null) {
      return new ConstantScoreScorer(score, mode, new BitSetIterator(found, leadCost));
    }
    return new ConstantScoreScorer(score, mode, new Fitting(values, fits));
  }

  @Override
  public BulkScorer bulkScorer() throws IOException {
    return guided == null ? super.bulkScorer() : guided.bulkScorer();
  }

  @Override
  public long cost() {
    return guided == null ? values.cost() : guided.cost();
  }

  private static final class Fitting extends TwoPhaseIterator {
    private static final float COST = 10;
    private final SortedSetDocValues values;
    private final FacetValues fits;
    private final boolean swept;

    Fitting(SortedSetDocValues values, FacetValues fits) {
      super(values);
      this.values = values;
      this.fits = fits;
      this.swept = fits.isSwept();
    }

    @Override
    public boolean matches() throws IOException {
      boolean isCut = false;
      for (int k = values.docValueCount(); k > 0; k--) {
        long value = values.nextOrd();
        var fit = swept ? fits.swept(value) : fits.lookUp(values, value);
        if (fit == Fit.YES) {
          return true;
        }
        isCut |= fit == Fit.UNKNOWN;
      }
      return isCut && fits.hasByTerms(approximation.docID());
    }

    @Override
    public float matchCost() {
      return COST;
    }
  }
}
