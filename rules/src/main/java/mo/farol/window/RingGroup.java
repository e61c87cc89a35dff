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
    ring = new Ring(Tally.longs(table.correlation()));
  }

  @Override
  boolean isTooLate(long at) {
    return table.lane().isLive() && ring.size() > 0 && at < ring.newest() - table.span();
  }

  @Override
  long newest() {
    return ring.size() == 0 ? Long.MIN_VALUE : ring.newest();
  }

  /**
   * What is over goes: in an import only where there is no room. Then hits become one; where that
   * is not enough, it is judged what can be, and the oldest go.
   */
  @Override
  final void makeRoom(long at, Report out) {
    if (table.lane().isLive() || ring.size() >= table.hits()) {
      forget(at, out);
    }
    if (ring.size() < table.hits()) {
      return;
    }
    int left = table.hits() / 2;
    Downsampling.of(ring, table.span(), table.rule().adds(), table.rule().isOrdered());
    boolean early = ring.size() > left && judgeEarly(left, out);
    boolean cut = ring.size() > table.hits() * 3 / 4 && ring.cut(left, table.span());
    if (early || cut) {
      table.bounded("hits");
    }
  }

  /** Forgets what no window can hold any more once a hit of this time comes. */
  void forget(long at, Report out) {}

  /**
   * Judges by its own newest hit, rather than lose hits unjudged, until so many are left.
   *
   * @return whether something was
   */
  boolean judgeEarly(int left, Report out) {
    return false;
  }

  /** Puts the table's row into the ring. */
  final int insert(Hit hit) {
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
  long content() {
    var tally = own;
    return tally == null ? ring.longs() : ring.longs() + tally.longs();
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
