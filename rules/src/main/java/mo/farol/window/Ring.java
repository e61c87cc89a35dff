package mo.farol.window;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries of one group in the order of their time; equal times in the order of arrival. */
final class Ring {
  private static final int BUCKETS = 500;

  private final int limit;
  private @Nullable Entry[] slots = new @Nullable Entry[4];
  private int head;
  private int size;
  private long forgotten; // entries that left at the old end
  private int version; // changes when entries moved otherwise

  Ring(int limit) {
    this.limit = limit;
  }

  int size() {
    return size;
  }

  Entry get(int i) {
    var entry = slots[(head + i) & (slots.length - 1)];
    if (entry == null) {
      throw new IllegalStateException("no entry " + i + " of " + size);
    }
    return entry;
  }

  /** Entries that were here before the first one; with a place it names an entry for good. */
  long forgotten() {
    return forgotten;
  }

  /** Another number whenever places changed other than by adding and forgetting at the ends. */
  int version() {
    return version;
  }

  Entry newest() {
    return get(size - 1);
  }

  /** Puts an entry in its place and says which place that is. */
  int insert(Entry entry, long spanMicros) {
    if (size == limit) {
      merge(spanMicros);
    }
    if (size == slots.length) {
      grow();
    }
    int place = size++;
    for (; place > 0 && get(place - 1).at > entry.at; place--) {
      set(place, get(place - 1));
    }
    set(place, entry);
    retotal(place);
    version += place == size - 1 ? 0 : 1;
    return place;
  }

  private void retotal(int from) {
    long total = from == 0 ? 0 : get(from - 1).total;
    for (int i = from; i < size; i++) {
      total += get(i).weight;
      get(i).total = total;
    }
  }

  /** Forgets what is older than a time. */
  void forgetBefore(long time) {
    while (size > 0 && get(0).at < time) {
      slots[head] = null;
      head = (head + 1) & (slots.length - 1);
      size--;
      forgotten++;
    }
  }

  /** First place at or after a time; the size where there is none. */
  int firstFrom(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (get(middle).at < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Where an entry stands; where it was merged into another, the place of its time. */
  int placeOf(Entry entry) {
    int place = firstFrom(entry.at);
    for (int i = place; i < size && get(i).at == entry.at; i++) {
      if (get(i) == entry) {
        return i;
      }
    }
    return Math.min(place, size - 1);
  }

  /** Weights from place {@code from} to place {@code to}, both with. */
  long weight(int from, int to) {
    return get(to).total - get(from).total + get(from).weight;
  }

  /**
   * Makes room: entries of one value within a five-hundredth of the span become one. Where that is
   * not enough, the older half goes: then the count is a lower bound.
   */
  private void merge(long spanMicros) {
    long width = Math.max(1, spanMicros / BUCKETS);
    Map<String, Entry> last = new HashMap<>();
    var kept = new java.util.ArrayDeque<Entry>();
    for (int i = size - 1; i >= 0; i--) {
      var entry = get(i);
      String key = entry.at / width + " " + entry.value;
      var newer = last.putIfAbsent(key, entry);
      if (newer == null) {
        kept.addFirst(entry);
      } else {
        newer.absorb(entry);
      }
    }
    while (kept.size() > limit / 2) {
      kept.removeFirst();
    }
    Arrays.fill(slots, null);
    head = 0;
    size = 0;
    for (Entry entry : kept) {
      slots[size++] = entry;
    }
    retotal(0);
    version++;
  }

  private void set(int place, Entry entry) {
    slots[(head + place) & (slots.length - 1)] = entry;
  }

  private void grow() {
    var wider = new @Nullable Entry[slots.length * 2];
    for (int i = 0; i < size; i++) {
      wider[i] = get(i);
    }
    slots = wider;
    head = 0;
  }
}
