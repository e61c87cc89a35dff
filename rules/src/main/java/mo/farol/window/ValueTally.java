package mo.farol.window;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts distinct values. Keeps the counts of the newest window, so that a hit that comes in order
 * costs little; one that comes late is counted from the entries.
 */
final class ValueTally implements Tally {
  private final Map<String, Integer> counts = new HashMap<>();
  private long from; // entries counted, by Ring.forgotten() + place: from this one
  private long next; // up to before this one
  private int version = -1;

  @Override
  public Window best(Ring ring, int place, long span) {
    if (place < ring.size() - 1) {
      return around(ring, place, span);
    }
    if (version != ring.version() || from < ring.forgotten()) {
      counts.clear();
      from = ring.forgotten() + ring.firstFrom(ring.get(place).at - span);
      next = from;
      version = ring.version();
    }
    for (; next <= ring.forgotten() + place; next++) {
      counts.merge(ring.get((int) (next - ring.forgotten())).value, 1, Integer::sum);
    }
    long oldest = ring.get(place).at - span;
    for (; ring.get((int) (from - ring.forgotten())).at < oldest; from++) {
      drop(counts, ring.get((int) (from - ring.forgotten())).value);
    }
    return new Window((int) (from - ring.forgotten()), place, counts.size());
  }

  private static Window around(Ring ring, int place, long span) {
    var seen = new HashMap<String, Integer>();
    int low = ring.firstFrom(ring.get(place).at - span);
    long latest = ring.get(place).at + span;
    Window best = new Window(place, place, 0);
    for (int to = low; to < ring.size() && ring.get(to).at <= latest; to++) {
      seen.merge(ring.get(to).value, 1, Integer::sum);
      while (ring.get(low).at < ring.get(to).at - span) {
        drop(seen, ring.get(low++).value);
      }
      if (to >= place && seen.size() > best.value()) {
        best = new Window(low, to, seen.size());
      }
    }
    return best;
  }

  private static void drop(Map<String, Integer> counts, String value) {
    counts.computeIfPresent(value, (_, n) -> n == 1 ? null : n - 1);
  }
}
