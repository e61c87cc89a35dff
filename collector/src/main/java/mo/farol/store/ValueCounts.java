package mo.farol.store;

import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.util.BytesRef;

/** How often each value was seen, as far as a budget reaches. Belongs to one thread. */
final class ValueCounts {
  /** What a value takes in memory beside its bytes. */
  private static final long BYTES_A_VALUE = 136;

  private final Map<BytesRef, long[]> counts = new HashMap<>();
  private final Budget budget;
  private boolean isShort;

  ValueCounts(Budget budget) {
    this.budget = budget;
  }

  Map<BytesRef, long[]> all() {
    return counts;
  }

  int size() {
    return counts.size();
  }

  boolean has(String value) {
    return counts.containsKey(new BytesRef(value));
  }

  /** Whether some found no room. */
  boolean isShort() {
    return isShort;
  }

  void fallShort() {
    isShort = true;
  }

  void add(BytesRef value, long count) {
    var known = counts.get(value);
    if (known != null) {
      known[0] += count;
    } else if (budget.take(cost(value))) {
      counts.put(BytesRef.deepCopyOf(value), new long[] {count});
    } else {
      isShort = true;
    }
  }

  /** Takes over what was counted within the same budget; it is held only here from now on. */
  void adopt(ValueCounts more) {
    isShort |= more.isShort;
    more.counts.forEach(
        (value, count) -> {
          var known = counts.putIfAbsent(value, count);
          if (known != null) {
            known[0] += count[0];
            budget.give(cost(value));
          }
        });
  }

  /** None of it is held any more. */
  void letGo() {
    counts.keySet().forEach(value -> budget.give(cost(value)));
  }

  private static long cost(BytesRef value) {
    return BYTES_A_VALUE + value.length;
  }
}
