package mo.farol.window;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes room in a ring: hits of one value within a five-hundredth of the span become one, at the
 * time of the last of them.
 */
final class Downsampling {
  private static final int BUCKETS = 500;

  private Downsampling() {}

  /**
   * Merges hits.
   *
   * @param adds whether values are numbers to be added up, rather than to be told apart
   * @param ordered whether only such become one as no other value stands between
   */
  static void of(Ring ring, long span, boolean adds, boolean ordered) {
    long bucket = Math.max(1, span / BUCKETS);
    Map<List<Long>, Integer> last = new HashMap<>();
    var kept = new ArrayList<Integer>();
    List<Long> behind = List.of();
    for (int i = ring.size() - 1; i >= 0; i--) {
      var key = key(ring, i, bucket, adds);
      if (ordered && !key.equals(behind)) {
        last.clear();
      }
      behind = key;
      var newer = last.putIfAbsent(key, i);
      if (newer == null) {
        kept.add(i);
      } else {
        ring.absorb(newer, i, adds);
      }
    }
    ring.keep(kept.reversed());
  }

  private static List<Long> key(Ring ring, int i, long bucket, boolean adds) {
    var key = new ArrayList<Long>();
    key.add(Math.floorDiv(ring.at(i), bucket));
    if (!adds) {
      ring.addValue(i, key);
    }
    return key;
  }
}
