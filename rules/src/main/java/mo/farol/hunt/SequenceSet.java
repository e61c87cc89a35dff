package mo.farol.hunt;

import java.util.Map;
import java.util.TreeMap;

/**
 * Journal sequences, each once, in order: a bit for each of 65,536 neighbours, where there is one
 * among them. For one thread.
 */
final class SequenceSet {
  private static final int SHIFT = 16;
  private static final int WORDS = 1 << (SHIFT - 6);

  private final TreeMap<Long, long[]> parts = new TreeMap<>();
  private long lastKey = -1;
  private long[] last = {};
  private long size;

  void add(long sequence) {
    long[] bits = part(sequence >>> SHIFT);
    int word = (int) (sequence >>> 6) & (WORDS - 1);
    long bit = 1L << sequence;
    if ((bits[word] & bit) == 0) {
      bits[word] |= bit;
      size++;
    }
  }

  private long[] part(long key) {
    if (key != lastKey) {
      last = parts.computeIfAbsent(key, _ -> new long[WORDS]);
      lastKey = key;
    }
    return last;
  }

  /** How many. */
  long size() {
    return size;
  }

  /** The first one from a sequence on, or -1. */
  long next(long from) {
    long key = from >>> SHIFT;
    if (key == lastKey) {
      long found = in(key, last, from);
      if (found >= 0) {
        return found;
      }
    }
    for (Map.Entry<Long, long[]> part = parts.ceilingEntry(key);
        part != null;
        part = parts.higherEntry(part.getKey())) {
      lastKey = part.getKey();
      last = part.getValue();
      long found = in(lastKey, last, Math.max(from, lastKey << SHIFT));
      if (found >= 0) {
        return found;
      }
    }
    return -1;
  }

  private static long in(long key, long[] bits, long from) {
    int word = (int) (from >>> 6) & (WORDS - 1);
    long left = bits[word] & (-1L << from);
    while (left == 0) {
      if (++word == WORDS) {
        return -1;
      }
      left = bits[word];
    }
    return (key << SHIFT) + ((long) word << 6) + Long.numberOfTrailingZeros(left);
  }
}
