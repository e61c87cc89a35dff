package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Looks at how often the value of each hit was there within the span before it, and speaks of every
 * hit whose figure lies within the bounds, once the group was watched long enough.
 */
final class RareGroup extends RingGroup {
  private long since = Long.MAX_VALUE; // the first hit ever

  RareGroup(Table table, byte[] key, long hash, long hash2) {
    super(table, key, hash, hash2);
  }

  @Override
  void take(Hit hit, Report out) {
    since = Math.min(since, hit.at());
    ring.forgetBefore(Math.max(newest(), hit.at()) - 2 * table.span());
    int place = insert(hit);
    var window = tally().best(ring, place, table.span());
    boolean judged = hit.at() - since >= table.learn() && !ring.isCut(hit.at() - table.span());
    if (judged && table.correlation().reached(window.value())) {
      var told = new Crossings(this, Shown.texts(hit)).with(table.named(hit));
      out.crossed(told.like(ring, window, place, hit.receivedAt()), true);
    }
  }

  @Override
  void write(DataOutput out) throws IOException {
    super.write(out);
    out.writeLong(since);
  }

  @Override
  void read(DataInput in) throws IOException {
    super.read(in);
    since = in.readLong();
  }
}
