package mo.farol.store;

import java.util.Arrays;
import org.apache.lucene.util.ArrayUtil;

/** Groups by the codes of their keys, numbered as they came. Open addressing; one thread. */
final class GroupKeys {
  /** The code of no value: after every other. */
  static final long ABSENT = Long.MAX_VALUE;

  private final int width;
  private long[] keys = new long[64];
  private int[] table = new int[256];
  private int count;

  /**
   * @param width keys of a group
   */
  GroupKeys(int width) {
    this.width = width;
    Arrays.fill(table, -1);
  }

  int count() {
    return count;
  }

  long key(int group, int i) {
    return keys[group * width + i];
  }

  /** The group of these keys, or -1. */
  int find(long[] key) {
    return table[place(key)];
  }

  /** Adds the group of these keys, which there is none of yet. */
  int add(long[] key) {
    if (count * 2 >= table.length) {
      grow();
    }
    table[place(key)] = count;
    keys = ArrayUtil.grow(keys, (count + 1) * width);
    System.arraycopy(key, 0, keys, count * width, width);
    return count++;
  }

  private void grow() {
    table = new int[table.length * 2];
    Arrays.fill(table, -1);
    long[] key = new long[width];
    for (int group = 0; group < count; group++) {
      System.arraycopy(keys, group * width, key, 0, width);
      table[place(key)] = group;
    }
  }

  private int place(long[] key) {
    long hash = 0;
    for (int i = 0; i < width; i++) {
      hash = (hash + key[i]) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    int at = (int) hash & (table.length - 1);
    while (table[at] >= 0 && !isKey(table[at], key)) {
      at = (at + 1) & (table.length - 1);
    }
    return at;
  }

  private boolean isKey(int group, long[] key) {
    for (int i = 0; i < width; i++) {
      if (keys[group * width + i] != key[i]) {
        return false;
      }
    }
    return true;
  }
}
