package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Looks at how often the value of each hit was there within the span before it, and speaks of every
 * hit whose figure lies within the bounds, once the group was watched long enough.
 */
final class RareGroup extends RingGroup {
  private long since = Long.MAX_VALUE; // watched

  RareGroup(Table table, byte[] key, long hash, long hash2) {
    super(table, key, hash, hash2);
  }

  // A hit may be late by a span.
  @Override
  void forget(long at, Report out) {
    ring.forgetBefore(Math.max(newest(), at) - 2 * table.span());
  }

  @Override
  void take(Hit hit, Report out) {
    long seenAt = table.seenAt(hit);
    since = Math.min(since, seenAt);
    int place = insert(hit);
    var window = tally().best(ring, place, table.span());
    boolean judged = seenAt - since >= table.learn() && !ring.isCut(hit.at() - table.span());
    if (judged && table.correlation().reached(window.value())) {
      var told = new Crossings(this, ShownTexts.of(hit, table.row())).with(table.rule().named(hit));
      out.crossed(table.lane(), told.like(ring, window, place, hit), true);
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
