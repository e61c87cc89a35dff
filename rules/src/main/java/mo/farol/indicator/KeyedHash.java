package mo.farol.indicator;

import java.security.SecureRandom;

/**
 * 64-bit hashes under a secret key of this process, so that nobody outside can choose values that
 * fall together. They run from the last byte to the first: the hash of a domain passes through
 * those of its parents.
 */
final class KeyedHash {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final long seed = RANDOM.nextLong();
  private final long spread = RANDOM.nextLong() | 1;
  private final long last = RANDOM.nextLong() | 1;

  long start() {
    return seed;
  }

  /** Takes the byte before those taken so far. */
  long step(long state, byte b) {
    long product = (state ^ (b & 0xff) + 1) * spread;
    return product ^ product >>> 32;
  }

  /** The hash of the bytes taken. */
  long end(long state) {
    long product = (state ^ state >>> 29) * last;
    return product ^ product >>> 32;
  }

  long of(byte[] b, int from, int to) {
    long state = seed;
    for (int i = to - 1; i >= from; i--) {
      state = step(state, b[i]);
    }
    return end(state);
  }
}
