package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Counts in a sliding window, and speaks as soon as its bounds hold.
 *
 * <p>It is reported when its figure reaches the bounds, then when that doubled or the pace of event
 * time went by; what lies between is owed and comes out later. When it is reported goes by its hits
 * and the lane's time alone. Whoever wants to know the state of now is told, and that changes
 * nothing for those that count reports: theirs comes in its time all the same.
 */
final class CountingGroup extends RingGroup {
  private @Nullable Standing standing; // none before it reached its bounds for the first time

  /** What was last reported, and what is owed. */
  private static final class Standing {
    private boolean reached;
    private boolean fresh; // reached its bounds and not yet reported
    private long reportedAt;
    private double reportedValue;
    private @Nullable UnreportedWindows unreported; // since the last report
    private @Nullable UnreportedWindows untold; // of that, what nobody was told
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
    var window = tally().best(ring, place, table.span());
    boolean late = place < ring.size() - 1 && hit.at() >= newest() - table.span();
    if (!table.correlation().reached(window.value())) {
      if (standing != null && !late) { // a late hit says nothing about now
        standing.reached = false;
      }
      return;
    }
    var s = standing == null ? new Standing() : standing;
    standing = s;
    s.fresh |= !s.reached;
    boolean due = !s.reached || hasDoubled(s, window.value()) || paceWentBy(s, hit.at());
    s.reached = true;
    owe(s, window, hit, due, out);
    if (due) {
      settle(false, out);
    }
  }

  private void settleIfDue(long at, Report out) {
    if (isDue(at)) {
      settle(out);
    }
  }

  private void owe(Standing s, Tally.Window window, Hit hit, boolean speaks, Report out) {
    if (s.unreported != null && !s.unreported.meets(ring, window)) {
      settle(out);
    }
    if (s.untold != null && !s.untold.meets(ring, window)) {
      tell(out);
    }
    var texts = ShownTexts.of(hit, table.row());
    s.unreported = grown(s.unreported, window, hit, texts, speaks);
    s.untold = grown(s.untold, window, hit, texts, speaks);
  }

  private UnreportedWindows grown(
      @Nullable UnreportedWindows unreported,
      Tally.Window window,
      Hit hit,
      ShownTexts texts,
      boolean speaks) {
    if (unreported == null) {
      return new UnreportedWindows(ring, window, hit, texts);
    }
    unreported.add(ring, window, hit, texts, speaks);
    return unreported;
  }

  private static boolean hasDoubled(Standing s, double value) {
    return s.reportedValue > 0 && value >= 2 * s.reportedValue;
  }

  @Override
  boolean owes() {
    return standing != null && standing.unreported != null;
  }

  @Override
  boolean isDue(long time) {
    return standing != null && standing.unreported != null && paceWentBy(standing, time);
  }

  private boolean paceWentBy(Standing s, long time) {
    return Math.abs(time - s.reportedAt) >= table.pace();
  }

  @Override
  void settle(Report out) {
    settle(true, out);
  }

  // What was owed may rest on events that were told of long before, in an earlier run too.
  private void settle(boolean overdue, Report out) {
    var s = standing;
    var unreported = s == null ? null : s.unreported;
    if (s == null || unreported == null) {
      throw new IllegalStateException("nothing is owed");
    }
    boolean told = s.untold == null;
    s.unreported = null;
    s.untold = null;
    s.reportedAt = unreported.at();
    s.reportedValue = unreported.value();
    boolean first = s.fresh;
    s.fresh = false;
    var crossing = unreported.crossing(this, ring, overdue);
    if (told) {
      out.count(table.lane(), crossing, first);
    } else {
      out.crossed(table.lane(), crossing, first);
    }
  }

  @Override
  void tell(Report out) {
    var untold = standing == null ? null : standing.untold;
    if (standing != null && untold != null) {
      standing.untold = null;
      out.told(untold.crossing(this, ring, false));
    }
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
      out.writeBoolean(s.unreported != null);
      if (s.unreported != null) {
        s.unreported.write(out);
      }
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
      s.unreported = in.readBoolean() ? UnreportedWindows.read(in) : null;
      standing = s;
    }
  }
}
