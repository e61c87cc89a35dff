package mo.farol.store;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;

/** Keys of {@link DenseCounts}. */
final class DenseAxes {
  private DenseAxes() {}

  /** A facet of which each event of the segment has one value at most. */
  static Optional<DenseCounts.Axis> facet(String field, Segment segment, Coder coder)
      throws IOException {
    var facet = segment.reader().getSortedSetDocValues(Layout.FACET + field);
    var values = facet == null ? null : DocValues.unwrapSingleton(facet);
    return values == null || field.equals(Layout.GRADE)
        ? Optional.empty()
        : Optional.of(new Facet(values, coder));
  }

  /** Spans of time. */
  static Optional<DenseCounts.Axis> time(Segment segment, long widthMicros) throws IOException {
    long first = Math.floorDiv(segment.firstMicros(), widthMicros);
    long spans = Math.floorDiv(segment.lastMicros(), widthMicros) - first + 1;
    return spans < 0 || spans >= Integer.MAX_VALUE
        ? Optional.empty()
        : Optional.of(
            new Spans(
                DocValues.getNumeric(segment.reader(), Layout.TIME),
                widthMicros,
                first,
                (int) spans));
  }

  private record Facet(SortedDocValues values, Coder coder) implements DenseCounts.Axis {
    @Override
    public int size() {
      return values.getValueCount() + 1;
    }

    @Override
    public int place(int doc) throws IOException {
      return values.advanceExact(doc) ? values.ordValue() + 1 : 0;
    }

    @Override
    public long code(int place) throws IOException {
      return coder.code(values.lookupOrd(place - 1));
    }
  }

  private static final class Spans implements DenseCounts.Axis {
    private final NumericDocValues times;
    private final long width;
    private final long first;
    private final int count;
    // Events come nearly in order: most are in the span of the one before.
    private long from;
    private int place;

    Spans(NumericDocValues times, long width, long first, int count) {
      this.times = times;
      this.width = width;
      this.first = first;
      this.count = count;
      stand(first);
    }

    @Override
    public int size() {
      return count + 1;
    }

    @Override
    public int place(int doc) throws IOException {
      times.advanceExact(doc);
      long micros = times.longValue();
      if (micros < from || micros >= from + width) {
        stand(Math.floorDiv(micros, width));
      }
      return place;
    }

    private void stand(long span) {
      from = span * width;
      place = (int) (span - first) + 1;
    }

    @Override
    public long code(int place) {
      return (first + place - 1) * width;
    }
  }
}
