package mo.farol.seal;

import java.util.ArrayList;
import java.util.List;

/**
 * The root of a tree that grows leaf by leaf, out of a few hashes: those of the perfect subtrees
 * that its leaves fill. For one thread.
 */
public final class CompactRange {
  private final Sha sha = new Sha();
  private final List<Hash> peaks = new ArrayList<>();
  private long size;

  /** Leaves so far. */
  public long size() {
    return size;
  }

  /** Adds a leaf. */
  public void add(Hash leaf) {
    Hash hash = leaf;
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      hash = sha.node(peaks.removeLast(), hash);
    }
    peaks.add(hash);
    size++;
  }

  /** Hash of the tree so far. */
  public Hash root() {
    if (peaks.isEmpty()) {
      return Merkle.empty();
    }
    Hash root = peaks.getLast();
    for (int i = peaks.size() - 2; i >= 0; i--) {
      root = sha.node(peaks.get(i), root);
    }
    return root;
  }

  /** Another that goes on from here. */
  public CompactRange copy() {
    var copy = new CompactRange();
    copy.peaks.addAll(peaks);
    copy.size = size;
    return copy;
  }
}
