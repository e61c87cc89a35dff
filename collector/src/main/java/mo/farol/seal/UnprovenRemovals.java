package mo.farol.seal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Removals as they were read. Each names the one before: where all do, the signature of the last is
 * good for all of them. For one thread.
 */
final class UnprovenRemovals {
  private final List<Removal> removals = new ArrayList<>();
  private final List<Hash> hashes = new ArrayList<>();
  private Removals.Tip tip;
  private boolean isChain = true;

  /** Those that come after others. */
  UnprovenRemovals(Removals.Tip tip) {
    this.tip = tip;
  }

  void add(String line) {
    if (!isChain) {
      return;
    }
    try {
      var removal = Removal.read(line);
      isChain = removal.follows(tip);
      var hash = hash(line);
      removals.add(removal);
      hashes.add(hash);
      tip = new Removals.Tip(removal.number(), hash);
    } catch (IllegalArgumentException e) {
      isChain = false;
    }
  }

  /** Whether the key in force signed the last of an unbroken chain. */
  boolean isSigned(KeyChain keys) {
    return isChain
        && !removals.isEmpty()
        && removals.getLast().isSignedBy(keys.signingRemoval(tip.count()));
  }

  List<Removal> removals() {
    return removals;
  }

  /** Hashes of their lines. */
  List<Hash> hashes() {
    return hashes;
  }

  static Hash hash(String line) {
    return Hash.sha256(line.getBytes(StandardCharsets.UTF_8));
  }
}
