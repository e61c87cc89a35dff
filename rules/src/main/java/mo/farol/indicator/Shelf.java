package mo.farol.indicator;

import java.util.Arrays;

/** The values of one kind, what is said of each, and why it is muted. */
final class Shelf {
  final ByteTable table;
  final Claims claims = new Claims();
  NetworkTree tree = NetworkTree.EMPTY;
  private short[] mutes = new short[16]; // by entry: reason + 1, 0 for none

  Shelf(KeyedHash hash) {
    table = new ByteTable(hash);
  }

  /** Number of the reason why a value is muted, -1 for none. */
  int muted(int entry) {
    return mutes[entry] - 1;
  }

  void mute(int entry, int reason) {
    if (entry >= mutes.length) {
      mutes = Arrays.copyOf(mutes, Math.max(entry + 1, mutes.length * 3 / 2));
    }
    mutes[entry] = (short) (reason + 1);
  }

  void trim(boolean isNetworks) {
    table.trim();
    claims.trim();
    mutes = Arrays.copyOf(mutes, table.size());
    if (isNetworks) {
      tree = new NetworkTree(table);
    }
  }
}
