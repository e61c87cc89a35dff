package mo.farol.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.DocValues;

/**
 * The rows nearest to one on one side of it. By time, stretches are looked at nearest first until
 * no other can hold a row that belongs here. By arrival nothing says where in a segment the next
 * one lies, for several threads write an index: of segments within a day before and after, those
 * with the nearest sequences are looked at whole and first, until no other can hold a row that
 * belongs here; of other days as many as a bound allows, those nearest in time first. Where the
 * time ran out, rows are given up to the first one that may be missing, but for those of other
 * days.
 */
final class Nearest {
  private static final int GROWTH = 8;
  private static final long DAY_MICROS = TimeUnit.DAYS.toMicros(1);
  private static final long MOST_FAR_OFF = 4_000_000;

  private final Row of;
  private final Side side;
  private final Comparator<Row> nearestFirst;
  private final int limit;
  private final PriorityQueue<Row> page;
  private long farOff = MOST_FAR_OFF;
  private final Sequences sequences;
  private final Map<Segment, Sequences.Span> spans = new HashMap<>();
  private long unsure = Long.MAX_VALUE;
  private boolean all = true;

  Nearest(Row of, Side side, int limit, Sequences sequences) {
    this.of = of;
    this.side = side;
    this.limit = limit;
    this.sequences = sequences;
    nearestFirst = side.nearestFirst();
    page = new PriorityQueue<>(nearestFirst.reversed());
  }

  /** Segments in the order in which they are to be looked at. */
  List<Segment> inOrder(List<Segment> segments, Deadline deadline) throws IOException {
    var sorted = new ArrayList<>(segments);
    if (side.isByTime()) {
      sorted.sort(Comparator.comparingLong(this::reach));
      return sorted;
    }
    for (var segment : segments) {
      if (!isFarOff(segment)) {
        spans.put(segment, sequences.of(segment.reader(), deadline));
      }
    }
    sorted.sort(
        Comparator.comparing(this::isFarOff)
            .thenComparingLong(s -> isFarOff(s) ? away(s) : reach(s)));
    return sorted;
  }

  void look(Segment segment, Deadline deadline) throws IOException {
    if (side.isByTime()) {
      lookByTime(segment, deadline);
    } else if (isFarOff(segment)) {
      lookFarOff(segment, deadline);
    } else {
      lookByArrival(segment, deadline);
    }
  }

  private void lookByArrival(Segment segment, Deadline deadline) throws IOException {
    long nearest = reach(segment);
    if (isPast(nearest)) {
      return;
    }
    segment.all(taker(segment), deadline);
    if (deadline.missed()) {
      unsure = Math.min(unsure, nearest);
    }
  }

  private void lookFarOff(Segment segment, Deadline deadline) throws IOException {
    if (isWorthIt(segment)) {
      segment.all(taker(segment), deadline);
    } else {
      all = false;
    }
  }

  Found.Rows rows(boolean exact) {
    var rows = new ArrayList<>(page);
    rows.sort(nearestFirst);
    boolean cut = rows.removeIf(row -> reach(row) >= unsure);
    boolean more = rows.size() > limit;
    var some = more ? rows.subList(0, limit) : rows;
    return new Found.Rows(some, some.size(), false, more || cut || !exact || !all, exact && all);
  }

  private void lookByTime(Segment segment, Deadline deadline) throws IOException {
    if (isPast(reach(segment))) {
      return;
    }
    var stretches = segment.newestFirst();
    stretches.sort(Comparator.comparingLong(this::reach));
    int end;
    for (int at = 0; at < stretches.size(); at = end) {
      long nearest = reach(stretches.get(at));
      if (isPast(nearest)) {
        return;
      }
      end = Math.min(stretches.size(), at * GROWTH + 1);
      var some = new ArrayList<>(stretches.subList(at, end));
      some.sort(Comparator.comparingInt(Stretch::first));
      if (!deadline.isOver()) {
        segment.each(some, taker(segment), deadline);
      }
      if (deadline.missed()) {
        // What lies nearer may be missing: a page without a gap ends before.
        unsure = Math.min(unsure, nearest);
        return;
      }
    }
  }

  private Segment.Look taker(Segment segment) throws IOException {
    var times = DocValues.getNumeric(segment.reader(), Layout.TIME);
    var sequences = DocValues.getNumeric(segment.reader(), Layout.SEQUENCE);
    var positions = DocValues.getNumeric(segment.reader(), Layout.POSITION);
    return doc -> {
      times.advanceExact(doc);
      sequences.advanceExact(doc);
      var row = new Row(times.longValue(), sequences.longValue(), -1);
      if (isOnSide(row) && isWanted(row)) {
        positions.advanceExact(doc);
        offer(new Row(row.occurredAtMicros(), row.sequence(), positions.longValue()));
      }
    };
  }

  private boolean isOnSide(Row row) {
    return row.sequence() != of.sequence() && nearestFirst.compare(row, of) > 0;
  }

  private boolean isWanted(Row row) {
    var furthest = page.peek();
    return furthest == null || page.size() <= limit || nearestFirst.compare(row, furthest) < 0;
  }

  // One row more is kept to know of the rest.
  private void offer(Row row) {
    page.add(row);
    if (page.size() > limit + 1) {
      page.poll();
    }
  }

  private boolean isPast(long reach) {
    var furthest = page.peek();
    return page.size() > limit && furthest != null && reach(furthest) < reach;
  }

  private boolean isFarOff(Segment segment) {
    return away(segment) > DAY_MICROS;
  }

  private boolean isWorthIt(Segment segment) throws IOException {
    long cost = segment.cost();
    if (cost > farOff) {
      return false;
    }
    farOff -= cost;
    return true;
  }

  private long away(Segment segment) {
    long at = of.occurredAtMicros();
    return Math.max(0, Math.max(segment.firstMicros() - at, at - segment.lastMicros()));
  }

  private long reach(Segment segment) {
    var span = spans.get(segment);
    if (span != null) {
      return side == Side.BEFORE ? -span.last() : span.first();
    }
    return side.reach(segment.firstMicros(), segment.lastMicros());
  }

  private long reach(Stretch stretch) {
    return side.reach(stretch.firstMicros(), stretch.lastMicros());
  }

  private long reach(Row row) {
    if (!side.isByTime()) {
      return side == Side.BEFORE ? -row.sequence() : row.sequence();
    }
    return side.reach(row.occurredAtMicros(), row.occurredAtMicros());
  }
}
