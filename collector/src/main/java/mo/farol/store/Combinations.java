package mo.farol.store;

import java.util.Arrays;

/**
 * Which combinations of fields one agency's events had, as hashes; once there are too many, no new
 * one is taken. Belongs to the writer's thread.
 */
final class Combinations {
  /** Combinations of an agency that get a term of their own. */
  static final int MOST = 1024;

  // Open addressing, at most half full; 0 is a free place.
  private long[] hashes = new long[16];
  private int count;

  /** Whether a combination is known or could be taken. */
  boolean take(long combination) {
    long hash = combination == 0 ? 1 : combination;
    int place = place(hashes, hash);
    if (hashes[place] == hash) {
      return true;
    }
    if (count == MOST) {
      return false;
    }
    if (2 * (count + 1) > hashes.length) {
      grow();
      place = place(hashes, hash);
    }
    hashes[place] = hash;
    count++;
    return true;
  }

  private void grow() {
    long[] more = new long[hashes.length * 2];
    Arrays.stream(hashes).filter(hash -> hash != 0).forEach(hash -> more[place(more, hash)] = hash);
    hashes = more;
  }

  private static int place(long[] table, long hash) {
    int place = (int) (hash ^ hash >>> 32) & (table.length - 1);
    while (table[place] != 0 && table[place] != hash) {
      place = (place + 1) & (table.length - 1);
    }
    return place;
  }
}
