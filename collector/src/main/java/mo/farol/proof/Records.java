package mo.farol.proof;

import java.nio.file.Path;
import java.util.List;
import mo.farol.seal.Head;
import mo.farol.seal.KeyChain;
import mo.farol.seal.Removals;
import mo.farol.seal.SealFault;
import mo.farol.seal.SealKeys;
import mo.farol.seal.VerifierKey;

/** The keys that signed in a home and what was recorded as removed from it. For one thread. */
final class Records {
  private final Path seal;
  private final VerifierKey trusted;
  private final Verdict.Notes notes;
  private final Removals removals;
  private KeyChain keys;
  private boolean isKeyTold;
  private boolean isRemovalMissed;

  /** Reads what stands in a seal's folder. */
  Records(Path seal, VerifierKey trusted, Verdict.Notes notes) {
    this.seal = seal;
    this.trusted = trusted;
    this.notes = notes;
    this.keys = KeyChain.of(trusted, List.of());
    // Before the keys: what is said to be signed by one then has it there.
    this.removals = Removals.in(seal, this::newestKeys);
    newestKeys();
  }

  private KeyChain newestKeys() {
    try {
      keys = KeyChain.of(trusted, SealKeys.stored(seal));
    } catch (IllegalArgumentException | SealFault e) {
      if (!isKeyTold) {
        notes.wrong("%s", e.getMessage());
      }
      isKeyTold = true;
    }
    return keys;
  }

  /** The keys that signed. */
  KeyChain keys() {
    return keys;
  }

  /** Whether a frame was recorded as removed. */
  boolean isRemoved(long at) {
    return removals.of(at).isPresent();
  }

  /** Whether a running centre recorded it since; it does so before the frame is gone. */
  boolean isRemovedMeanwhile(long at) {
    return removals.readOn(this::newestKeys) && isRemoved(at);
  }

  /** Checks that all removals a head knew are there. */
  void check(Head said) {
    if (!isRemovalMissed && !removals.leadsTo(said.removals(), said.removalsTip())) {
      isRemovalMissed = true;
      notes.wrong(
          "the head of %d events knew %d removals; they are not all in removals.jsonl any more",
          said.size(), said.removals());
    }
  }

  /** Tells what is wrong with the removals. */
  void tellWrong() {
    removals.broken().forEach(sentence -> notes.wrong("%s", sentence));
  }

  /** Tells rotations and removals. */
  void tell() {
    for (var rotation : keys.rotations()) {
      notes.proven(
          "after %d events, at %s, the key %s gave way to %s",
          rotation.size(),
          rotation.at(),
          rotation.from().fingerprint(),
          rotation.to().fingerprint());
    }
    for (var removal : removals.all()) {
      notes.proven(
          "removal %d at %s by %s: %d frames of %s through %s, %s",
          removal.number(),
          removal.at(),
          removal.policy(),
          removal.frames(),
          removal.agency(),
          removal.input(),
          removal.sequences());
    }
  }
}
