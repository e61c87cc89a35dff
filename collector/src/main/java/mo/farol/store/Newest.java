package mo.farol.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;

/**
 * The newest rows. Documents lie in order of arrival, which is nearly the order of time; each run
 * of a few thousand knows its newest instant, so runs are looked at newest first until no other can
 * hold a row that belongs on the page. A sender whose clock is wrong spoils its own runs only.
 */
final class Newest {
  private record Run(int first, int last, long lastMicros) {}

  private final int limit;
  private final Optional<Row> after;
  private final PriorityQueue<Row> page = new PriorityQueue<>(Comparator.reverseOrder());
  private long total;

  Newest(int limit, Optional<Row> after) {
    this.limit = limit;
    this.after = after;
  }

  void look(Segment segment, Deadline deadline) throws IOException {
    if (isPast(segment.lastMicros())) {
      total += segment.count(deadline);
      return;
    }
    var matches = segment.matches(deadline);
    if (matches == null) {
      return;
    }
    total += matches.cardinality();
    for (var run : runs(segment)) {
      if (isPast(run.lastMicros) || deadline.isOver()) {
        return;
      }
      collect(segment, matches, run);
    }
  }

  Found.Rows rows(boolean exact) {
    var rows = new ArrayList<>(page);
    Collections.sort(rows);
    boolean more = rows.size() > limit;
    return new Found.Rows(more ? rows.subList(0, limit) : rows, total, more, exact);
  }

  /** Whether the page is full of rows newer than this. One row more is kept to know of the rest. */
  private boolean isPast(long micros) {
    var oldest = page.peek();
    return page.size() > limit && oldest != null && oldest.occurredAtMicros() > micros;
  }

  private static List<Run> runs(Segment segment) throws IOException {
    var skipper = segment.reader().getDocValuesSkipper(Layout.TIME);
    var runs = new ArrayList<Run>();
    for (int doc = 0; doc != DocIdSetIterator.NO_MORE_DOCS; ) {
      skipper.advance(doc);
      int first = skipper.minDocID(0);
      if (first == DocIdSetIterator.NO_MORE_DOCS) {
        break;
      }
      runs.add(new Run(first, skipper.maxDocID(0), skipper.maxValue(0)));
      doc = skipper.maxDocID(0) + 1;
    }
    runs.sort(Comparator.comparingLong(Run::lastMicros).reversed());
    return runs;
  }

  private void collect(Segment segment, FixedBitSet matches, Run run) throws IOException {
    int end = Math.min(run.last, matches.length() - 1);
    var times = DocValues.getNumeric(segment.reader(), Layout.TIME);
    var sequences = DocValues.getNumeric(segment.reader(), Layout.SEQUENCE);
    var positions = DocValues.getNumeric(segment.reader(), Layout.POSITION);
    for (int doc = next(matches, run.first, end); doc <= end; doc = next(matches, doc + 1, end)) {
      times.advanceExact(doc);
      long time = times.longValue();
      if (isPast(time) || isBefore(time)) {
        continue;
      }
      sequences.advanceExact(doc);
      positions.advanceExact(doc);
      offer(new Row(time, sequences.longValue(), positions.longValue()));
    }
  }

  private static int next(FixedBitSet matches, int from, int end) {
    return from > end ? DocIdSetIterator.NO_MORE_DOCS : matches.nextSetBit(from);
  }

  /** Whether a row of this time belongs on an earlier page. */
  private boolean isBefore(long micros) {
    return after.isPresent() && micros > after.get().occurredAtMicros();
  }

  private void offer(Row row) {
    if (after.isPresent() && row.compareTo(after.get()) <= 0) {
      return;
    }
    page.add(row);
    if (page.size() > limit + 1) {
      page.poll();
    }
  }
}
