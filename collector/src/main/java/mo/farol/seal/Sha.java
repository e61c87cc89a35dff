package mo.farol.seal;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 as RFC 9162 section 2.1.1 uses it, without garbage. For one thread. */
final class Sha {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest digest;

  Sha() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  void update(byte[] bytes, int from, int length) {
    digest.update(bytes, from, length);
  }

  void end(byte[] out, int at) {
    try {
      digest.digest(out, at, Hash.LENGTH);
    } catch (DigestException e) {
      throw new IllegalStateException("no room for a hash", e);
    }
  }

  /** Hash of a leaf's input. */
  void leaf(byte[] input, int length, byte[] out, int at) {
    digest.update(LEAF);
    digest.update(input, 0, length);
    end(out, at);
  }

  /** Hash of the two hashes that stand side by side at {@code from}. */
  void node(byte[] hashes, int from, byte[] out, int at) {
    digest.update(NODE);
    digest.update(hashes, from, 2 * Hash.LENGTH);
    end(out, at);
  }

  /** Hash of two hashes. */
  Hash node(Hash left, Hash right) {
    byte[] both = new byte[2 * Hash.LENGTH];
    left.into(both, 0);
    right.into(both, Hash.LENGTH);
    node(both, 0, both, 0);
    return Hash.of(both, 0);
  }

  /** Folds a complete subtree of {@code count} hashes, a power of two, into its first place. */
  void fold(byte[] hashes, int count) {
    for (int n = count; n > 1; n >>= 1) {
      for (int i = 0; i < n / 2; i++) {
        node(hashes, 2 * i * Hash.LENGTH, hashes, i * Hash.LENGTH);
      }
    }
  }
}
