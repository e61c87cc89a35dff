package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A group that keeps its hits in a ring. */
abstract class RingGroup extends Group {
  /** Up to this many hits are reckoned anew each time, with what the table's groups share. */
  private static final int SMALL = 64;

  final Ring ring;
  private @Nullable Tally own;

  RingGroup(Table table, byte[] key, long hash, long hash2) {
    super(table, key, hash, hash2);
    ring = new Ring(table.valueLongs());
  }

  @Override
  boolean isTooLate(long at) {
    return ring.size() > 0 && at < ring.newest() - table.span();
  }

  @Override
  long newest() {
    return ring.size() == 0 ? Long.MIN_VALUE : ring.newest();
  }

  /** Puts the table's row into the ring, which makes room first where it is full. */
  final int insert(Hit hit) {
    if (ring.size() >= table.hits() && ring.merge(table.span(), table.hits(), table.adds())) {
      table.bounded("hits");
    }
    return ring.insert(table.row(), hit.events());
  }

  /** What reckons this group: its own where it is large. */
  final Tally tally() {
    if (ring.size() <= SMALL) {
      own = null;
      var shared = table.tally();
      shared.forget();
      return shared;
    }
    var tally = own == null ? Tally.of(table.correlation()) : own;
    own = tally;
    return tally;
  }

  @Override
  long longs() {
    return ring.longs();
  }

  @Override
  void write(DataOutput out) throws IOException {
    ring.write(out);
  }

  @Override
  void read(DataInput in) throws IOException {
    ring.read(in);
  }
}
