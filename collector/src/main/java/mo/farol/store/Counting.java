package mo.farol.store;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.search.DocIdSetIterator;

/** Counts by bin of time and severity. */
final class Counting {
  private static final int CHECK = (1 << 16) - 1;

  private final long fromMicros;
  private final long widthMicros;
  private final long[] counts;

  Counting(long fromMicros, long widthMicros, int bins) {
    this.fromMicros = fromMicros;
    this.widthMicros = widthMicros;
    counts = new long[bins * 8];
  }

  void look(Segment segment, Deadline deadline) throws IOException {
    var matches = segment.matches(deadline);
    if (matches == null) {
      return;
    }
    var times = DocValues.getNumeric(segment.reader(), Layout.TIME);
    var severities = DocValues.getNumeric(segment.reader(), Layout.SEVERITY);
    int end = matches.length();
    for (int doc = matches.nextSetBit(0); doc < end; ) {
      if ((doc & CHECK) == 0 && deadline.isOver()) {
        return;
      }
      times.advanceExact(doc);
      severities.advanceExact(doc);
      count(times.longValue(), (int) severities.longValue());
      doc = doc + 1 == end ? DocIdSetIterator.NO_MORE_DOCS : matches.nextSetBit(doc + 1);
    }
  }

  List<Long> counts() {
    return LongStream.of(counts).boxed().toList();
  }

  private void count(long micros, int severity) {
    long bin = Math.floorDiv(micros - fromMicros, widthMicros);
    if (bin >= 0 && bin < counts.length / 8) {
      counts[(int) bin * 8 + severity]++;
    }
  }
}
