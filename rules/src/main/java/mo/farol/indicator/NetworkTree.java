package mo.farol.indicator;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Networks as a tree: each hangs below the narrowest that holds it. They lie sorted by their first
 * address; the ones around an address are found from the last that begins at or before it, upward.
 * A way up is never longer than an address has bits.
 */
final class NetworkTree {
  private static final int SIZE = AddressText.BYTES + 1;
  static final NetworkTree EMPTY = new NetworkTree(new ByteTable(new KeyedHash()));

  private final byte[] keys; // seventeen bytes each: first address, bits
  private final int[] entries;
  private final int[] parents;

  /** A tree of the networks of a table, each seventeen bytes as {@link Key} has them. */
  NetworkTree(ByteTable table) {
    entries =
        IntStream.range(0, table.size())
            .boxed()
            .sorted(
                (a, b) ->
                    Arrays.compareUnsigned(
                        table.arena(),
                        table.start(a),
                        table.end(a),
                        table.arena(),
                        table.start(b),
                        table.end(b)))
            .mapToInt(Integer::intValue)
            .toArray();
    keys = new byte[entries.length * SIZE];
    for (int i = 0; i < entries.length; i++) {
      System.arraycopy(table.arena(), table.start(entries[i]), keys, i * SIZE, SIZE);
    }
    parents = parents();
  }

  private int[] parents() {
    int[] all = new int[entries.length];
    for (int i = 0; i < all.length; i++) {
      int parent = i - 1;
      while (parent >= 0 && !holds(parent, keys, i * SIZE)) {
        parent = all[parent];
      }
      all[i] = parent;
    }
    return all;
  }

  /** The narrowest network around an address, as a place for {@link #up}, or -1. */
  int find(byte[] address) {
    int place = behind(address) - 1;
    while (place >= 0 && !holds(place, address, 0)) {
      place = parents[place];
    }
    return place;
  }

  // Place of the first network that begins behind an address.
  private int behind(byte[] address) {
    int low = 0;
    int high = entries.length;
    while (low < high) {
      int middle = low + high >>> 1;
      int at = middle * SIZE;
      if (Arrays.compareUnsigned(keys, at, at + SIZE - 1, address, 0, SIZE - 1) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The next wider network around the same address, or -1. */
  int up(int place) {
    return parents[place];
  }

  /** The network's number in its table. */
  int entry(int place) {
    return entries[place];
  }

  /** Bits of a network's prefix, of 128. */
  int bits(int place) {
    return keys[place * SIZE + SIZE - 1] & 0xff;
  }

  /** A network of the tree around this one or within it, as a place, or -1. */
  int touching(byte[] address, int bits) {
    int around = find(address);
    if (around >= 0) {
      return around;
    }
    int next = behind(address);
    return next < entries.length && same(keys, next * SIZE, address, 0, bits) ? next : -1;
  }

  private boolean holds(int place, byte[] address, int at) {
    return same(keys, place * SIZE, address, at, keys[place * SIZE + SIZE - 1] & 0xff);
  }

  private static boolean same(byte[] a, int aFrom, byte[] b, int bFrom, int bits) {
    int whole = bits / 8;
    if (!Arrays.equals(a, aFrom, aFrom + whole, b, bFrom, bFrom + whole)) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || ((a[aFrom + whole] ^ b[bFrom + whole]) & 0xff) >> 8 - rest == 0;
  }
}
