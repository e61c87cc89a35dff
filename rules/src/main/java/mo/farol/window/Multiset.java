package mo.farol.window;

import java.util.Arrays;

/** How often each value of 128 bits is there. */
final class Multiset {
  private long[] slots = new long[3 * 8]; // value, value, count; a count of 0 is a free slot
  private int size;
  private long total;

  int size() {
    return size;
  }

  /** Longs that it takes. */
  long longs() {
    return slots.length;
  }

  long total() {
    return total;
  }

  long count(long a, long b) {
    return slots[find(a, b) + 2];
  }

  /** Adds to the count of a value, which is forgotten at zero. */
  void add(long a, long b, long weight) {
    if (3 * (size + 1) * 2 > slots.length) {
      resize();
    }
    int k = find(a, b);
    total += weight;
    if (slots[k + 2] == 0) {
      size++;
    }
    slots[k] = a;
    slots[k + 1] = b;
    slots[k + 2] += weight;
    if (slots[k + 2] == 0) {
      size--;
      close(k);
    }
  }

  void clear() {
    if (total != 0) {
      Arrays.fill(slots, 0);
    }
    size = 0;
    total = 0;
  }

  private int find(long a, long b) {
    int k = home(a, b);
    while (slots[k + 2] != 0 && (slots[k] != a || slots[k + 1] != b)) {
      k = next(k);
    }
    return k;
  }

  // Those behind a slot that became free move up, so that they are found.
  private void close(int free) {
    for (int k = next(free); slots[k + 2] != 0; k = next(k)) {
      int home = home(slots[k], slots[k + 1]);
      boolean stays = free <= k ? free < home && home <= k : free < home || home <= k;
      if (!stays) {
        System.arraycopy(slots, k, slots, free, 3);
        free = k;
      }
    }
    slots[free + 2] = 0;
  }

  private int home(long a, long b) {
    long mixed = (a ^ b) * 0x9E3779B97F4A7C15L;
    return 3 * (int) Long.remainderUnsigned(mixed >>> 32, slots.length / 3);
  }

  private int next(int k) {
    return k + 3 == slots.length ? 0 : k + 3;
  }

  private void resize() {
    long[] old = slots;
    slots = new long[old.length * 2];
    for (int k = 0; k < old.length; k += 3) {
      if (old[k + 2] != 0) {
        System.arraycopy(old, k, slots, find(old[k], old[k + 1]), 3);
      }
    }
  }
}
