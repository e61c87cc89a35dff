package mo.farol.store;

import static mo.farol.store.TimeCounts.SEVERITIES;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.lucene.index.DocValues;

/** Counts by bin of time and severity. */
final class Counting {
  private final KeptCounts tables;
  private final long fromMicros;
  private final long widthMicros;
  private final long[] counts;

  Counting(KeptCounts tables, long fromMicros, long widthMicros, int bins) {
    this.tables = tables;
    this.fromMicros = fromMicros;
    this.widthMicros = widthMicros;
    counts = new long[bins * SEVERITIES];
  }

  void look(Segment segment, Deadline deadline) throws IOException {
    boolean told =
        segment.question().clause() instanceof Clause.All
            && !segment.question().isOfSequences()
            && tellsBins(TimeCounts.unitMicros(segment.reader()));
    var kept =
        told
            ? tables.of(segment.reader(), segment.isMostlyCovered(), deadline)
            : Optional.<TimeCounts>empty();
    if (kept.isEmpty()) {
      scan(segment, deadline);
    } else {
      add(kept.get(), TimeCounts.unitMicros(segment.reader()), segment, deadline);
    }
  }

  // Whole units from what was counted before, the rest at both ends event by event.
  private void add(TimeCounts kept, long unit, Segment segment, Deadline deadline)
      throws IOException {
    var question = segment.question();
    long from = Math.ceilDiv(question.fromMicros(), unit) * unit;
    long to = Math.floorDiv(question.toMicros(), unit) * unit;
    if (from >= to) {
      scan(segment, deadline);
      return;
    }
    kept.each(question.scope(), from, to, this::count);
    scan(segment.within(question.fromMicros(), from), deadline);
    scan(segment.within(to, question.toMicros()), deadline);
  }

  private boolean tellsBins(long unit) {
    return unit > 0 && widthMicros % unit == 0 && fromMicros % unit == 0;
  }

  List<Long> counts() {
    return LongStream.of(counts).boxed().toList();
  }

  private void scan(Segment segment, Deadline deadline) throws IOException {
    var times = DocValues.getNumeric(segment.reader(), Layout.TIME);
    var severities = DocValues.getNumeric(segment.reader(), Layout.SEVERITY);
    segment.all(
        doc -> {
          times.advanceExact(doc);
          severities.advanceExact(doc);
          count(times.longValue(), (int) severities.longValue(), 1);
        },
        deadline);
  }

  private void count(long micros, int severity, int count) {
    long bin = Math.floorDiv(micros - fromMicros, widthMicros);
    if (bin >= 0 && bin < counts.length / SEVERITIES) {
      counts[(int) bin * SEVERITIES + severity] += count;
    }
  }
}
