package mo.farol.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.NumericDocValues;

/**
 * The newest rows, and how many match. Stretches are looked at newest first, ever more at a time,
 * until no other can hold a row that belongs on the page; so a page costs what its rows cost,
 * however much lies behind it.
 */
final class Newest {
  /** How many times more stretches each go looks at than the one before. */
  private static final int GROWTH = 8;

  private static final int FIRST_COUNTED = 16;

  private final int limit;
  private final long countTo;
  private final Optional<Row> after;
  private final PriorityQueue<Row> page = new PriorityQueue<>(Comparator.reverseOrder());
  private long total;
  private boolean counted = true;
  private long unsure = Long.MIN_VALUE;
  private boolean isLate;

  /**
   * @param countTo matches after which counting may end
   */
  Newest(int limit, long countTo, Optional<Row> after) {
    this.limit = limit;
    this.countTo = countTo;
    this.after = after;
  }

  /** Takes what belongs on the page of one segment, newest segments first. */
  void look(Segment segment, Deadline deadline) throws IOException {
    if (isPast(segment.lastMicros())) {
      return;
    }
    var stretches = segment.newestFirst();
    int end;
    for (int at = 0; at < stretches.size(); at = end) {
      long newest = stretches.get(at).lastMicros();
      if (isPast(newest)) {
        return;
      }
      end = Math.min(stretches.size(), at * GROWTH + 1);
      if (!deadline.isOver()) {
        collect(segment, inOrder(stretches.subList(at, end)), deadline);
      }
      if (deadline.missed()) {
        // Older rows may be here already, newer ones not; a page without a gap ends before.
        unsure = Math.max(unsure, newest);
        isLate = true;
        return;
      }
    }
  }

  /** Counts the matches of one segment, once the page is known. */
  void count(Segment segment, Deadline deadline) throws IOException {
    if (total >= countTo) {
      counted = false;
      return;
    }
    if (deadline.isOver()) {
      counted = false;
      return;
    }
    int quick = segment.quickCount();
    if (quick >= 0) {
      total += quick;
    } else if (countTo == Long.MAX_VALUE) {
      total += segment.count(deadline);
    } else {
      countSome(segment, deadline);
    }
    counted &= !deadline.missed();
    deadline.watcher().found(total);
  }

  /** The page. Where the time ran out before it was full, rows may follow that nobody saw yet. */
  Found.Rows rows() {
    var rows = new ArrayList<>(page);
    Collections.sort(rows);
    boolean cut = rows.removeIf(row -> row.occurredAtMicros() <= unsure);
    boolean more = rows.size() > limit;
    var some = more ? rows.subList(0, limit) : rows;
    return new Found.Rows(
        some, Math.max(total, some.size()), counted, more || cut || isLate, !isLate);
  }

  private void countSome(Segment segment, Deadline deadline) throws IOException {
    var stretches = segment.newestFirst();
    int end;
    for (int at = 0; at < stretches.size() && !deadline.isOver(); at = end) {
      if (total >= countTo) {
        counted = false;
        return;
      }
      end = Math.min(stretches.size(), at * GROWTH + FIRST_COUNTED);
      segment.each(inOrder(stretches.subList(at, end)), _ -> total++, deadline);
    }
  }

  private static List<Stretch> inOrder(List<Stretch> some) {
    return some.stream().sorted(Comparator.comparingInt(Stretch::first)).toList();
  }

  /** Whether the page is full of rows newer than this. One row more is kept to know of the rest. */
  private boolean isPast(long micros) {
    var oldest = page.peek();
    return page.size() > limit && oldest != null && oldest.occurredAtMicros() > micros;
  }

  private void collect(Segment segment, List<Stretch> some, Deadline deadline) throws IOException {
    var times = values(segment, Layout.TIME);
    var sequences = values(segment, Layout.SEQUENCE);
    var positions = values(segment, Layout.POSITION);
    segment.each(
        some,
        doc -> {
          times.advanceExact(doc);
          long time = times.longValue();
          if (isPast(time) || isBefore(time)) {
            return;
          }
          sequences.advanceExact(doc);
          positions.advanceExact(doc);
          offer(new Row(time, sequences.longValue(), positions.longValue()));
        },
        deadline);
  }

  private static NumericDocValues values(Segment segment, String name) throws IOException {
    return DocValues.getNumeric(segment.reader(), name);
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
