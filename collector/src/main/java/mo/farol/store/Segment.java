package mo.farol.store;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/** One segment of one day, and what is asked of it. */
final class Segment {
  private static final int STEP = 1 << 16;

  private final LeafReaderContext leaf;
  private final Weight weight;
  private final long lastMicros;

  private Segment(LeafReaderContext leaf, Weight weight, long lastMicros) {
    this.leaf = leaf;
    this.weight = weight;
    this.lastMicros = lastMicros;
  }

  /**
   * A segment that may hold matches; the time range is left out of the query where it covers the
   * segment whole.
   */
  static Optional<Segment> of(LeafReaderContext leaf, Question question, Weight free, Weight timed)
      throws IOException {
    DocValuesSkipper times = leaf.reader().getDocValuesSkipper(Layout.TIME);
    if (times == null
        || times.minValue() >= question.toMicros()
        || times.maxValue() < question.fromMicros()) {
      return Optional.empty();
    }
    boolean covered =
        times.minValue() >= question.fromMicros() && times.maxValue() < question.toMicros();
    return Optional.of(new Segment(leaf, covered ? free : timed, times.maxValue()));
  }

  LeafReader reader() {
    return leaf.reader();
  }

  /** Time of the newest event here, a match or not. */
  long lastMicros() {
    return lastMicros;
  }

  /** Number of matches where it is known without looking at each, else -1. */
  int quickCount() throws IOException {
    return weight.count(leaf);
  }

  /** Whether every event here matches. */
  boolean isWhole() throws IOException {
    return quickCount() == reader().maxDoc() && !reader().hasDeletions();
  }

  /** Number of matches; up to the deadline. */
  int count(Deadline deadline) throws IOException {
    int quick = quickCount();
    if (quick >= 0) {
      return quick;
    }
    var matches = matches(deadline);
    return matches == null ? 0 : matches.cardinality();
  }

  /** One bit for each match, up to the deadline; null where nothing matches. */
  @Nullable FixedBitSet matches(Deadline deadline) throws IOException {
    int end = reader().maxDoc();
    if (isWhole()) {
      var all = new FixedBitSet(end);
      all.set(0, end);
      return all;
    }
    var supplier = weight.scorerSupplier(leaf);
    if (supplier == null) {
      return null;
    }
    var scorer = supplier.bulkScorer();
    var bits = new FixedBitSet(end);
    var collector = into(bits);
    int at = 0;
    while (at < end && !deadline.isOver()) {
      int stop = Math.min(end, at + STEP);
      at = Math.max(stop, Math.min(end, scorer.score(collector, reader().getLiveDocs(), at, stop)));
    }
    return bits;
  }

  private static LeafCollector into(FixedBitSet bits) {
    return new LeafCollector() {
      @Override
      public void setScorer(Scorable scorer) {}

      @Override
      public void collect(int doc) {
        bits.set(doc);
      }

      @Override
      public void collectRange(int from, int to) {
        bits.set(from, to);
      }
    };
  }
}
