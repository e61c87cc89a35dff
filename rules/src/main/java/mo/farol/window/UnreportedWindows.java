package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Windows of one group that reached their bounds and were not reported, as one stretch of hits:
 * windows that follow each other overlap. So whoever is told of it misses no hit, however often or
 * seldom it is asked for.
 */
final class UnreportedWindows {
  private long from;
  private long to;
  private long toEvent;
  private long at; // the hit that stands for it
  private long receivedAt;
  private double value;
  private boolean timed;
  private boolean overdue; // not kept: what is read is overdue, unless another hit comes
  private ShownTexts shown;

  UnreportedWindows(Ring ring, Tally.Window window, Hit hit, ShownTexts shown) {
    from = ring.at(window.from());
    to = ring.at(window.to());
    toEvent = ring.event(window.to());
    at = hit.at();
    receivedAt = hit.receivedAt();
    value = window.value();
    timed = hit.timed();
    overdue = hit.overdue();
    this.shown = shown;
  }

  private UnreportedWindows(DataInput in) throws IOException {
    from = in.readLong();
    to = in.readLong();
    toEvent = in.readLong();
    at = in.readLong();
    receivedAt = in.readLong();
    value = in.readDouble();
    timed = in.readBoolean();
    overdue = true;
    shown = ShownTexts.read(in);
  }

  /** Whether a window shares time with it, so that both are one stretch. */
  boolean meets(Ring ring, Tally.Window window) {
    return ring.at(window.from()) <= to && ring.at(window.to()) >= from;
  }

  /**
   * Grows by the window of another hit. Its figure is the highest of the windows.
   *
   * @param speaks whether that hit stands for it whatever its figure
   */
  void add(Ring ring, Tally.Window window, Hit hit, ShownTexts texts, boolean speaks) {
    from = Math.min(from, ring.at(window.from()));
    if (ring.at(window.to()) >= to) {
      to = ring.at(window.to());
      toEvent = ring.event(window.to());
    }
    receivedAt = Math.max(receivedAt, hit.receivedAt());
    timed = hit.timed();
    overdue = hit.overdue();
    if (speaks || window.value() >= value) {
      at = hit.at();
      value = window.value();
      shown = texts;
    }
  }

  /**
   * What it comes to.
   *
   * @param behind whether it comes out later than with its last hit
   */
  Crossing crossing(Group group, Ring ring, boolean behind) {
    var stretch = new Tally.Window(ring.firstFrom(from), ring.placeOf(to, toEvent), value);
    return new Crossings(group, shown).window(ring, stretch, receivedAt, timed, behind || overdue);
  }

  long at() {
    return at;
  }

  double value() {
    return value;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(from);
    out.writeLong(to);
    out.writeLong(toEvent);
    out.writeLong(at);
    out.writeLong(receivedAt);
    out.writeDouble(value);
    out.writeBoolean(timed);
    shown.write(out);
  }

  static UnreportedWindows read(DataInput in) throws IOException {
    return new UnreportedWindows(in);
  }
}
