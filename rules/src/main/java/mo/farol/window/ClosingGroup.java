package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Judges a window when it is over. One opens with the first hit that no window holds yet and lasts
 * for the span; it is over once event time went past its end by the lateness.
 */
final class ClosingGroup extends RingGroup {
  private long closed = Long.MIN_VALUE; // what is not after this was judged
  private @Nullable String[] shown = {};

  ClosingGroup(Table table, byte[] key, long hash, long hash2) {
    super(table, key, hash, hash2);
  }

  @Override
  boolean isTooLate(long at) {
    return at <= closed;
  }

  @Override
  void take(Hit hit, Report out) {
    while (deadline() <= hit.at()) {
      timeUp(out);
    }
    if (insert(hit) == ring.size() - 1) {
      shown = Shown.texts(hit);
    }
  }

  @Override
  long deadline() {
    return ring.size() == 0 ? NEVER : ring.at(0) + table.span() + table.lateness();
  }

  @Override
  void timeUp(Report out) {
    long end = ring.at(0) + table.span();
    int to = ring.firstFrom(end + 1) - 1;
    var window = tally().whole(ring, 0, to);
    boolean tells = table.correlation().reached(window.value()) && !ring.isCut(ring.at(0));
    if (tells) {
      out.crossed(new Crossings(this, shown).over(ring, window, end), true);
    }
    ring.forgetBefore(end + 1);
    closed = end;
  }

  @Override
  void write(DataOutput out) throws IOException {
    super.write(out);
    out.writeLong(closed);
    Texts.write(shown, out);
  }

  @Override
  void read(DataInput in) throws IOException {
    super.read(in);
    closed = in.readLong();
    shown = Texts.read(in);
  }
}
