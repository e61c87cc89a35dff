package mo.farol.window;

import java.util.Arrays;
import java.util.List;
import mo.farol.event.EventId;
import org.jspecify.annotations.Nullable;

/** What few rings have beside their rows: one item a slot. */
final class Beside {
  /** Events that were merged into the row. */
  final long[] weights;

  /** Time of the first of them. */
  final long[] firsts;

  /** Events of a row that stands for several; null where it is its own. */
  final long[] @Nullable [] ids;

  /** Whether a weight may be other than 1. */
  boolean merged;

  /** Hits up to this time had to go. */
  long cut = Long.MIN_VALUE;

  Beside(int slots) {
    weights = new long[slots];
    firsts = new long[slots];
    ids = new long[slots][];
    Arrays.fill(weights, 1);
  }

  /** Another of the same ring, with nothing in its slots. */
  Beside empty(int slots) {
    var other = new Beside(slots);
    other.merged = merged;
    other.cut = cut;
    return other;
  }

  void set(int slot, long at, List<EventId> events) {
    weights[slot] = 1;
    firsts[slot] = at;
    ids[slot] = events.size() > 1 ? events.stream().mapToLong(EventId::sequence).toArray() : null;
  }

  void copy(int slot, Beside to, int place) {
    to.weights[place] = weights[slot];
    to.firsts[place] = firsts[slot];
    to.ids[place] = ids[slot];
  }

  void absorb(int older, int newer) {
    merged = true;
    weights[newer] += weights[older];
    firsts[newer] = Math.min(firsts[newer], firsts[older]);
  }
}
