package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for what should come. With one rule each event must be followed by another within the span;
 * with several, each event of the first by one of every other, before the span is over. What did
 * not come is told once event time went past the span by the lateness.
 */
final class AbsenceGroup extends RingGroup {
  private long judged = Long.MIN_VALUE; // events up to this one were waited for
  private @Nullable String[] shown = {};

  AbsenceGroup(Table table, byte[] key, long hash, long hash2) {
    super(table, key, hash, hash2);
  }

  @Override
  boolean isTooLate(long at) {
    return at <= judged;
  }

  @Override
  void take(Hit hit, Report out) {
    while (deadline() <= hit.at()) {
      timeUp(out);
    }
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
      shown = Shown.texts(hit);
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

  // An answer before what it answers is kept as long as that may still be under way.
  private void forgetStrays() {
    long late = ring.newest() - table.lateness();
    int opener = opener();
    ring.forgetBefore(opener < 0 ? late : Math.min(late, ring.at(opener)));
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
      out.crossed(new Crossings(this, shown).over(ring, window, at + table.span()), true);
    }
    judged = at;
    ring.forgetBefore(isAlone() || opener() < 0 ? at + 1 : Math.min(at + 1, ring.at(opener())));
  }

  /** How many of the others did not come. A run that another follows in time is part of that. */
  private long missing(long from) {
    long missing = isAlone() ? 1 : 0;
    for (int rule = 1; rule < table.correlation().rules().size(); rule++) {
      missing += came(rule, from) ? 0 : 1;
    }
    return missing;
  }

  private boolean came(int rule, long from) {
    for (int i = ring.firstFrom(from); i < ring.size(); i++) {
      if (ring.at(i) > from + table.span()) {
        return false;
      }
      if (ring.value(i) == rule) {
        return true;
      }
    }
    return false;
  }

  @Override
  void write(DataOutput out) throws IOException {
    super.write(out);
    out.writeLong(judged);
    Texts.write(shown, out);
  }

  @Override
  void read(DataInput in) throws IOException {
    super.read(in);
    judged = in.readLong();
    shown = Texts.read(in);
  }
}
