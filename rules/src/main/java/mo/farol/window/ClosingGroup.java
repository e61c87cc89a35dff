package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Judges a window when it is over. One opens with the first hit that no window holds yet and lasts
 * for the span; it is over once the lane's time went past its end by the lateness. The hits of one
 * host say nothing about what another has yet to tell.
 */
final class ClosingGroup extends RingGroup {
  private long closed = Long.MIN_VALUE; // what is not after this was judged
  private ShownTexts shown = ShownTexts.NONE;

  ClosingGroup(Table table, byte[] key, long hash, long hash2) {
    super(table, key, hash, hash2);
  }

  @Override
  boolean isTooLate(long at) {
    return at <= closed;
  }

  @Override
  boolean judgeEarly(int left, Report out) {
    boolean judged = false;
    for (; ring.size() > left && deadline() <= ring.newest(); judged = true) {
      timeUp(out);
    }
    return judged;
  }

  @Override
  void take(Hit hit, Report out) {
    if (insert(hit) == ring.size() - 1) {
      shown = ShownTexts.of(hit, table.row());
    }
  }

  @Override
  long deadline() {
    return ring.size() == 0 ? NEVER : end() + table.lateness();
  }

  // A merged row may reach into a window that was judged.
  private long end() {
    return Math.max(ring.firstAt(0), closed + 1) + table.span();
  }

  @Override
  void timeUp(Report out) {
    long end = end();
    int to = ring.firstFrom(end + 1) - 1;
    var window = tally().whole(ring, 0, to);
    boolean tells = table.correlation().reached(window.value()) && !ring.isCut(ring.at(0));
    if (tells) {
      out.crossed(table.lane(), new Crossings(this, shown).over(ring, window, end), true);
    }
    ring.forgetBefore(end + 1);
    closed = end;
  }

  @Override
  long content() {
    return super.content() + shown.longs();
  }

  @Override
  void write(DataOutput out) throws IOException {
    super.write(out);
    out.writeLong(closed);
    shown.write(out);
  }

  @Override
  void read(DataInput in) throws IOException {
    super.read(in);
    closed = in.readLong();
    shown = ShownTexts.read(in);
  }
}
