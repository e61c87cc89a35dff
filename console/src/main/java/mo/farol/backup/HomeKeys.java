package mo.farol.backup;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mo.farol.centre.Home;
import mo.farol.seal.KeyChain;
import mo.farol.seal.Rotation;
import mo.farol.seal.SealFault;
import mo.farol.seal.SealKeys;
import mo.farol.seal.SignerKey;
import mo.farol.seal.VerifierKey;

/**
 * The keys that signed for a home, by which its backups are told from those of others.
 *
 * @param present who signs now
 * @param all those before it, too
 */
record HomeKeys(VerifierKey present, Set<VerifierKey> all) {
  HomeKeys {
    all = Set.copyOf(all);
  }

  /** Those of a home; empty where they don't say who signs now, so that nothing can be told. */
  static Optional<HomeKeys> of(Home home) {
    try {
      var present = SignerKey.read(home.sealKey()).verifier();
      var chain = KeyChain.of(present, SealKeys.stored(home.seal()));
      if (!chain.last().equals(present)) {
        return Optional.empty();
      }
      var all = new LinkedHashSet<VerifierKey>();
      chain.rotations().stream().map(Rotation::from).forEach(all::add);
      all.add(present);
      return Optional.of(new HomeKeys(present, all));
    } catch (SealFault | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the one that a backup names is one of them and signed its list of files. */
  boolean signed(Kept kept) {
    return all.stream()
        .filter(key -> key.toString().equals(kept.manifest().key()))
        .anyMatch(kept::isSignedBy);
  }

  /**
   * Whether a backup is of another home: signed by a key that is none of these, and that did not
   * come after them either, as where an older backup was restored since. One that nobody signed is
   * nobody's.
   */
  boolean isOfAnother(Kept kept) {
    try {
      var signer = VerifierKey.parse(kept.manifest().key());
      return kept.isSignedBy(signer) && !all.contains(signer) && !isLaterKeyOf(kept, signer);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private boolean isLaterKeyOf(Kept kept, VerifierKey signer) {
    try {
      List<String> notes = SealKeys.stored(kept.home().resolve("seal"));
      return KeyChain.of(present, notes).last().equals(signer);
    } catch (SealFault | IllegalArgumentException e) {
      return false;
    }
  }
}
