package mo.farol.store;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.lucene.util.ArrayUtil;

/** One measure of every group, added up event by event. Belongs to one thread. */
abstract class Tally {
  /** Starts on a segment. */
  void open(Segment segment) throws IOException {}

  /** The columns of the segment that it reads. */
  Stream<Column> columns() {
    return Stream.empty();
  }

  /** Starts on a run of matches of the segment. */
  void open(Slots slots, Deadline deadline) throws IOException {}

  /** Stands on a match. */
  void load(int doc, int slot) throws IOException {}

  /** Adds the match stood on to a group. */
  abstract void add(int group) throws IOException;

  /** Bytes that a group takes at least. */
  abstract long bytes();

  /** Gives a group's cells. */
  abstract void cells(int group, Consumer<Cell> into);

  /** The number to put groups in order by. */
  abstract double weight(int group);

  /** What is missing of it, of the groups told. */
  List<Partial> partial(Collection<Integer> told) {
    return List.of();
  }

  /** How many events. */
  static final class Counted extends Tally {
    private long[] counts = new long[64];

    @Override
    void add(int group) {
      counts = ArrayUtil.grow(counts, group + 1);
      counts[group]++;
    }

    void add(int group, long more) {
      counts = ArrayUtil.grow(counts, group + 1);
      counts[group] += more;
    }

    @Override
    long bytes() {
      return Long.BYTES;
    }

    @Override
    void cells(int group, Consumer<Cell> into) {
      into.accept(new Cell.Whole(count(group)));
    }

    @Override
    double weight(int group) {
      return count(group);
    }

    private long count(int group) {
      return group < counts.length ? counts[group] : 0;
    }
  }
}
