package mo.farol.search;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import mo.farol.event.Micros;
import mo.farol.store.Layout;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Counts by time and severity while documents go by. */
final class HistogramCollector {
  private static final int SEVERITIES = 8;
  private static final long SECOND = 1_000_000L;
  private static final long[] WIDTHS = {
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    60 * SECOND,
    120 * SECOND,
    300 * SECOND,
    600 * SECOND,
    900 * SECOND,
    1800 * SECOND,
    3600 * SECOND,
    7200 * SECOND,
    10_800 * SECOND,
    21_600 * SECOND,
    43_200 * SECOND,
    86_400 * SECOND,
    7 * 86_400 * SECOND,
    30 * 86_400 * SECOND,
    365 * 86_400 * SECOND
  };

  private final long start;
  private final long width;
  private final long[] counts;

  HistogramCollector(Instant from, Instant to, int bins) {
    long first = Micros.of(from);
    long last = Micros.of(to);
    width = width(Math.max(1, last - first), Math.clamp(bins, 1, 1_000));
    start = Math.floorDiv(first, width) * width;
    int needed = Math.clamp((last - 1 - start) / width + 1, 1, 2_000);
    counts = new long[needed * SEVERITIES];
  }

  CollectorManager<SimpleCollector, Void> manager() {
    return new CollectorManager<>() {
      @Override
      public SimpleCollector newCollector() {
        return new Counting();
      }

      @Override
      public Void reduce(Collection<SimpleCollector> collectors) {
        return null;
      }
    };
  }

  Histogram result() {
    var bins = new ArrayList<Histogram.Bin>();
    for (int i = 0; i < counts.length; i += SEVERITIES) {
      List<Long> severities = new ArrayList<>(SEVERITIES);
      long total = 0;
      for (int s = 0; s < SEVERITIES; s++) {
        severities.add(counts[i + s]);
        total += counts[i + s];
      }
      bins.add(
          new Histogram.Bin(Micros.toInstant(start + i / SEVERITIES * width), total, severities));
    }
    return new Histogram(Micros.toInstant(start), Duration.ofMillis(width / 1000), bins);
  }

  private static long width(long span, int bins) {
    for (long width : WIDTHS) {
      if (span / width <= bins) {
        return width;
      }
    }
    return WIDTHS[WIDTHS.length - 1];
  }

  private final class Counting extends SimpleCollector {
    private NumericDocValues times = DocValues.emptyNumeric();
    private NumericDocValues severities = DocValues.emptyNumeric();

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
      times = DocValues.getNumeric(context.reader(), Layout.TIME);
      severities = DocValues.getNumeric(context.reader(), Layout.SEVERITY);
    }

    @Override
    public void collect(int doc) throws IOException {
      if (!times.advanceExact(doc)) {
        return;
      }
      int bin = (int) ((times.longValue() - start) / width);
      int severity = severities.advanceExact(doc) ? (int) severities.longValue() : 6;
      int at = bin * SEVERITIES + severity;
      if (at >= 0 && at < counts.length) {
        counts[at]++;
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}
