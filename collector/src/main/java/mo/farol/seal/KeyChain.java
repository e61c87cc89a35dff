package mo.farol.seal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Keys that signed one after the other, each said by the one before and saying so itself: who
 * trusts one of them trusts the heads of all, each as far as it signed.
 */
public final class KeyChain {
  private final List<VerifierKey> keys = new ArrayList<>();
  private final List<Rotation> rotations = new ArrayList<>();

  private KeyChain(VerifierKey first) {
    keys.add(first);
  }

  /**
   * A chain that holds a key.
   *
   * @param trusted the key that one was given
   * @param notes signed rotations, oldest first
   * @throws IllegalArgumentException where they are none, do not follow each other or are of others
   */
  public static KeyChain of(VerifierKey trusted, List<String> notes) {
    KeyChain chain = null;
    for (String note : notes) {
      var rotation = Rotation.ofNote(note);
      chain = chain == null ? new KeyChain(rotation.from()) : chain;
      chain.add(rotation);
    }
    chain = chain == null ? new KeyChain(trusted) : chain;
    if (!chain.keys.contains(trusted)) {
      throw new IllegalArgumentException(
          "the key %s (%s) is none of those that signed here"
              .formatted(trusted.name(), trusted.fingerprint()));
    }
    return chain;
  }

  private void add(Rotation rotation) {
    boolean isNext =
        rotation.from().equals(keys.getLast())
            && !keys.contains(rotation.to())
            && (rotations.isEmpty() || isBefore(rotations.getLast(), rotation));
    if (!isNext) {
      throw new IllegalArgumentException(
          "the rotation after %d events does not follow the one before".formatted(rotation.size()));
    }
    rotations.add(rotation);
    keys.add(rotation.to());
  }

  private static boolean isBefore(Rotation one, Rotation other) {
    return one.size() <= other.size() && one.removals() <= other.removals();
  }

  /** The key that signs now. */
  public VerifierKey last() {
    return keys.getLast();
  }

  /** The rotations. */
  public List<Rotation> rotations() {
    return List.copyOf(rotations);
  }

  /** Who must have signed the head of a size. */
  public VerifierKey signing(long size) {
    return whoseTurn(Rotation::size, size);
  }

  /** Who must have signed the removal of a number. */
  VerifierKey signingRemoval(long number) {
    return whoseTurn(Rotation::removals, number);
  }

  private VerifierKey whoseTurn(ToLongFunction<Rotation> last, long at) {
    int i = 0;
    while (i < rotations.size() && last.applyAsLong(rotations.get(i)) < at) {
      i++;
    }
    return keys.get(i);
  }

  /** What is wrong with the signature of a head; empty where nothing is. */
  public List<String> wrong(SignedHead head) {
    long size = head.head().size();
    var key = signing(size);
    if (head.isSignedBy(key) && head.head().origin().equals(key.name())) {
      return List.of();
    }
    boolean isOther = keys.stream().anyMatch(head::isSignedBy);
    return List.of(
        "the head of %d events was not signed by %s (%s)%s"
            .formatted(
                size,
                key.name(),
                key.fingerprint(),
                isOther ? " but by a key that was not its turn" : ""));
  }
}
