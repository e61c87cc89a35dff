package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Waits for what should come. With one rule each event must be followed by another within the span;
 * with several, each event of the first by one of every other, before the span is over. What did
 * not come is told once the lane's time went past the span by the lateness: the hits of one host
 * say nothing about what another has yet to tell.
 */
final class AbsenceGroup extends RingGroup {
  private long judged = Long.MIN_VALUE; // events up to this one were waited for
  private ShownTexts shown = ShownTexts.NONE;

  AbsenceGroup(Table table, byte[] key, long hash, long hash2) {
    super(table, key, hash, hash2);
  }

  @Override
  boolean isTooLate(long at) {
    return at <= judged;
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
    if (isAlone()) {
      table.row()[Ring.VALUE] = hit.at();
    }
    int place = insert(hit);
    boolean newest = place == ring.size() - 1;
    if (isAlone()) {
      joinNear(place);
    } else {
      forgetStrays();
    }
    if (newest) {
      shown = ShownTexts.of(hit, table.row());
    }
  }

  // With one rule a row is a run of hits that follow each other in time: its time is that of the
  // last of them, its value that of the first.
  private void joinNear(int place) {
    int at = place;
    if (at > 0 && ring.value(at) - ring.at(at - 1) <= table.span()) {
      ring.join(at);
      at--;
    }
    if (at + 1 < ring.size() && ring.value(at + 1) - ring.at(at) <= table.span()) {
      ring.join(at + 1);
    }
  }

  // An answer is kept as long as what it answers may still be under way: in an import to the end.
  private void forgetStrays() {
    if (table.lane().isLive()) {
      long come = Math.min(ring.newest(), table.lane().watermark());
      long over = come - table.lateness() - table.span();
      int opener = opener();
      ring.forgetBefore(opener < 0 ? over : Math.min(over, ring.at(opener)));
    }
  }

  private boolean isAlone() {
    return table.correlation().rules().size() == 1;
  }

  @Override
  long deadline() {
    int opener = opener();
    return opener < 0 ? NEVER : ring.at(opener) + table.span() + table.lateness();
  }

  private int opener() {
    for (int i = 0; i < ring.size(); i++) {
      if ((isAlone() || ring.value(i) == 0) && ring.at(i) > judged) {
        return i;
      }
    }
    return -1;
  }

  @Override
  void timeUp(Report out) {
    int opener = opener();
    long at = ring.at(opener);
    long missing = missing(at);
    if (missing > 0) {
      var window = new Tally.Window(opener, opener, missing);
      var crossing = new Crossings(this, shown).over(ring, window, at + table.span());
      out.crossed(table.lane(), crossing, true);
    }
    judged = at;
    ring.forgetBefore(at + 1);
  }

  /** How many of the others did not come. A run that another follows in time is part of that. */
  private long missing(long from) {
    long missing = isAlone() ? 1 : 0;
    for (int rule = 1; rule < table.correlation().rules().size(); rule++) {
      missing += came(rule, from) ? 0 : 1;
    }
    return missing;
  }

  // Hits that became one came from the first of them to the last.
  private boolean came(int rule, long from) {
    long end = from + table.span();
    for (int i = ring.firstFrom(from); i < ring.size(); i++) {
      if (ring.value(i) == rule && ring.firstAt(i) <= end) {
        return true;
      }
      if (ring.at(i) > end + table.span()) {
        return false;
      }
    }
    return false;
  }

  @Override
  long content() {
    return super.content() + shown.longs();
  }

  @Override
  void write(DataOutput out) throws IOException {
    super.write(out);
    out.writeLong(judged);
    shown.write(out);
  }

  @Override
  void read(DataInput in) throws IOException {
    super.read(in);
    judged = in.readLong();
    shown = ShownTexts.read(in);
  }
}
