package mo.farol.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;

/**
 * Counts the matches of one segment by keys of which each event has one value at most: a number in
 * one array for each combination there may be, which costs an event a tenth of finding its group.
 * Only where the combinations are few.
 */
final class DenseCounts {
  private static final int CHECK = (1 << 12) - 1;

  /** 8 MiB. */
  private static final int MOST_CELLS = 1 << 21;

  /** Going through more cells for an event takes longer than finding its group. */
  private static final int CELLS_AN_EVENT = 8;

  /** One key over a segment. */
  interface Axis {
    /** How many places it has; the first is that of events without a value. */
    int size();

    /** The place of an event; asked in order. */
    int place(int doc) throws IOException;

    /** What stands for the value of a place that is not the first. */
    long code(int place) throws IOException;
  }

  private final Axis[] axes;
  private final int[] sizes;
  private final int[] counts;
  private long seen;

  private DenseCounts(List<Axis> axes, int cells) {
    this.axes = axes.toArray(Axis[]::new);
    sizes = axes.stream().mapToInt(Axis::size).toArray();
    counts = new int[cells];
  }

  /** Of some keys, where each can be told so and they are few enough. */
  static Optional<DenseCounts> of(List<GroupKey> keys, Segment segment) throws IOException {
    var axes = new ArrayList<Axis>();
    long cells = 1;
    for (var key : keys) {
      var axis = key.axis(segment);
      if (axis.isEmpty()) {
        return Optional.empty();
      }
      axes.add(axis.get());
      cells *= axis.get().size();
      if (cells > MOST_CELLS || cells > (long) CELLS_AN_EVENT * segment.reader().maxDoc()) {
        return Optional.empty();
      }
    }
    return Optional.of(new DenseCounts(axes, (int) cells));
  }

  /** Counts matches, up to the deadline. */
  void look(FixedBitSet matches, Deadline deadline) throws IOException {
    int length = matches.length();
    int doc = length == 0 ? DocIdSetIterator.NO_MORE_DOCS : matches.nextSetBit(0);
    while (doc != DocIdSetIterator.NO_MORE_DOCS) {
      if ((seen & CHECK) == 0 && deadline.isOver()) {
        return;
      }
      int cell = 0;
      for (int i = 0; i < axes.length; i++) {
        cell = cell * sizes[i] + axes[i].place(doc);
      }
      counts[cell]++;
      seen++;
      doc = doc + 1 < length ? matches.nextSetBit(doc + 1) : DocIdSetIterator.NO_MORE_DOCS;
    }
  }

  /**
   * Puts what was counted into a table; false where that may not have room for it, and is as it
   * was.
   *
   * @param present whether events without a value of a key count for no group
   */
  boolean into(GroupTable table, boolean present) throws IOException {
    int groups = 0;
    for (int count : counts) {
      groups += count > 0 ? 1 : 0;
    }
    if (!table.hasRoomFor((long) groups * axes.length)) {
      return false;
    }
    long[] codes = new long[axes.length];
    for (int cell = 0; cell < counts.length; cell++) {
      if (counts[cell] > 0 && code(cell, codes, present)) {
        table.count(codes, counts[cell]);
      }
    }
    table.addTotal(seen);
    return true;
  }

  private boolean code(int cell, long[] into, boolean present) throws IOException {
    int left = cell;
    for (int i = axes.length - 1; i >= 0; i--) {
      int place = left % sizes[i];
      left /= sizes[i];
      if (place == 0 && present) {
        return false;
      }
      into[i] = place == 0 ? GroupKeys.ABSENT : axes[i].code(place);
    }
    return true;
  }
}
