package mo.farol.store;

import static mo.farol.store.MinuteTable.MINUTE_MICROS;
import static mo.farol.store.MinuteTable.SEVERITIES;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.lucene.index.DocValues;

/** Counts by bin of time and severity. */
final class Counting {
  private final MinuteTables tables;
  private final long fromMicros;
  private final long widthMicros;
  private final long[] counts;

  Counting(MinuteTables tables, long fromMicros, long widthMicros, int bins) {
    this.tables = tables;
    this.fromMicros = fromMicros;
    this.widthMicros = widthMicros;
    counts = new long[bins * SEVERITIES];
  }

  void look(Segment segment, Deadline deadline) throws IOException {
    var question = segment.question();
    long first = Math.ceilDiv(question.fromMicros(), MINUTE_MICROS);
    long end = Math.floorDiv(question.toMicros(), MINUTE_MICROS);
    if (!asksForAll(question) || first >= end) {
      scan(segment, deadline);
      return;
    }
    var table = tables.of(segment.reader());
    if (table.isEmpty()) {
      scan(segment, deadline);
      return;
    }
    table
        .get()
        .each(
            question.scope(),
            first,
            end,
            (minute, severity, count) -> count(minute * MINUTE_MICROS, severity, count));
    scan(segment.within(question.fromMicros(), first * MINUTE_MICROS), deadline);
    scan(segment.within(end * MINUTE_MICROS, question.toMicros()), deadline);
  }

  List<Long> counts() {
    return LongStream.of(counts).boxed().toList();
  }

  /** Whether every event in scope counts and whole minutes fall into one bin each. */
  private boolean asksForAll(Question question) {
    return question.clause() instanceof Clause.All
        && widthMicros % MINUTE_MICROS == 0
        && fromMicros % MINUTE_MICROS == 0;
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
