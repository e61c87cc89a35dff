package mo.farol.match;

import java.util.Arrays;
import java.util.Collection;
import mo.farol.sigma.Network;

/** Whether an address lies in one of many networks: a walk of at most as many steps as bits. */
final class NetworkSet implements ValueTest {
  private static final int NONE = 0;

  private final Tree four = new Tree();
  private final Tree six = new Tree();
  private final byte[] scratch = new byte[16];

  NetworkSet(Collection<Network> networks) {
    for (Network each : networks) {
      byte[] address = each.address();
      (address.length == 4 ? four : six).add(address, each.bits());
    }
  }

  @Override
  public boolean test(byte[] b, int from, int to) {
    return switch (Addresses.read(b, from, to, scratch)) {
      case 4 -> four.covers(scratch, 32);
      case 16 -> six.covers(scratch, 128);
      default -> false;
    };
  }

  /** One node a bit; node 0 is the root, and no child. */
  private static final class Tree {
    private int[] children = new int[64];
    private boolean[] ends = new boolean[32];
    private int size = 1;

    void add(byte[] address, int bits) {
      int node = 0;
      for (int bit = 0; bit < bits; bit++) {
        int slot = node * 2 + bit(address, bit);
        if (children[slot] == NONE) {
          int made = make(); // first, for it may move children to a larger array
          children[slot] = made;
        }
        node = children[slot];
      }
      ends[node] = true;
    }

    private int make() {
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, size * 2);
        children = Arrays.copyOf(children, size * 4);
      }
      return size++;
    }

    boolean covers(byte[] address, int bits) {
      int node = 0;
      for (int bit = 0; bit < bits; bit++) {
        if (ends[node]) {
          return true;
        }
        node = children[node * 2 + bit(address, bit)];
        if (node == NONE) {
          return false;
        }
      }
      return ends[node];
    }

    private static int bit(byte[] address, int at) {
      return (address[at >> 3] >> (7 - (at & 7))) & 1;
    }
  }
}
