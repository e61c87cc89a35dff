package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Counts in a sliding window, and speaks as soon as its bounds hold.
 *
 * <p>It is reported when its figure reaches the bounds, then when that doubled or the pace of event
 * time went by; what lies between is owed and comes out later.
 */
final class CountingGroup extends RingGroup {
  private @Nullable Standing standing; // none before it reached its bounds for the first time

  /** What was last reported, and what is owed. */
  private static final class Standing {
    private boolean reached;
    private boolean fresh; // reached its bounds and not yet reported
    private long reportedAt;
    private double reportedValue;
    private boolean owed;
    private long owedAt;
    private long owedEvent;
    private long owedReceivedAt;
    private double owedValue;
    private boolean owedTimed;
    private ShownTexts shown = ShownTexts.NONE;
  }

  CountingGroup(Table table, byte[] key, long hash, long hash2) {
    super(table, key, hash, hash2);
  }

  // A hit may be late by a span. What is owed is told while its hits are there.
  @Override
  void forget(long at, Report out) {
    settleIfDue(at, out);
    ring.forgetBefore(Math.max(newest(), at) - 2 * table.span());
  }

  @Override
  void take(Hit hit, Report out) {
    settleIfDue(hit.at(), out);
    int place = insert(hit);
    double value = tally().best(ring, place, table.span()).value();
    boolean late = place < ring.size() - 1 && hit.at() >= newest() - table.span();
    if (!table.correlation().reached(value)) {
      if (standing != null && !late) { // a late hit says nothing about now
        standing.reached = false;
      }
      return;
    }
    var s = standing == null ? new Standing() : standing;
    standing = s;
    if (take(s, hit, value)) {
      settle(out);
    }
  }

  private void settleIfDue(long at, Report out) {
    if (isDue(at)) {
      settle(out);
    }
  }

  /** Says whether a report is due now. */
  private boolean take(Standing s, Hit hit, double value) {
    s.fresh |= !s.reached;
    boolean due = !s.reached || hasDoubled(s, value) || paceWentBy(s, hit.at());
    s.reached = true;
    if (!s.owed || value >= s.owedValue || due) {
      s.owed = true;
      s.owedAt = hit.at();
      s.owedEvent = hit.event();
      s.owedReceivedAt = hit.receivedAt();
      s.owedValue = value;
      s.owedTimed = hit.timed();
      s.shown = ShownTexts.of(hit, table.row());
    }
    return due;
  }

  private static boolean hasDoubled(Standing s, double value) {
    return s.reportedValue > 0 && value >= 2 * s.reportedValue;
  }

  @Override
  boolean owes() {
    return standing != null && standing.owed;
  }

  @Override
  boolean isDue(long time) {
    return standing != null && standing.owed && paceWentBy(standing, time);
  }

  private boolean paceWentBy(Standing s, long time) {
    return Math.abs(time - s.reportedAt) >= table.pace();
  }

  @Override
  void settle(Report out) {
    var s = standing;
    if (s == null || !s.owed) {
      throw new IllegalStateException("nothing is owed");
    }
    s.owed = false;
    s.reportedAt = s.owedAt;
    s.reportedValue = s.owedValue;
    boolean first = s.fresh;
    s.fresh = false;
    var shown = s.shown;
    s.shown = ShownTexts.NONE;
    int place = ring.placeOf(s.owedAt, s.owedEvent);
    var window = tally().best(ring, place, table.span());
    var crossings = new Crossings(this, shown);
    var crossing = crossings.window(ring, window, s.owedReceivedAt, s.owedTimed);
    out.crossed(table.lane(), crossing, first);
  }

  @Override
  void write(DataOutput out) throws IOException {
    super.write(out);
    var s = standing;
    out.writeBoolean(s != null);
    if (s != null) {
      out.writeBoolean(s.reached);
      out.writeBoolean(s.fresh);
      out.writeLong(s.reportedAt);
      out.writeDouble(s.reportedValue);
    }
  }

  @Override
  void read(DataInput in) throws IOException {
    super.read(in);
    if (in.readBoolean()) {
      var s = new Standing();
      s.reached = in.readBoolean();
      s.fresh = in.readBoolean();
      s.reportedAt = in.readLong();
      s.reportedValue = in.readDouble();
      standing = s;
    }
  }
}
