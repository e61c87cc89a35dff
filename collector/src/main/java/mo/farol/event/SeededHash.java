package mo.farol.event;

import java.security.SecureRandom;

/**
 * Hashes of what senders make up, other in every process: nobody outside can choose bytes that fall
 * together and turn a table into a list.
 */
public final class SeededHash {
  private static final SeededHash OURS = new SeededHash(new SecureRandom().nextLong());
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final long seed;

  SeededHash(long seed) {
    this.seed = seed;
  }

  /** The one of this process. */
  public static SeededHash ours() {
    return OURS;
  }

  /** A hash of {@code bytes[from .. to)}. */
  public int of(byte[] bytes, int from, int to) {
    return of(0, bytes, from, to);
  }

  /** A hash of a number with {@code bytes[from .. to)}. */
  public int of(long with, byte[] bytes, int from, int to) {
    long h = step(seed, with);
    for (int i = from; i < to; i++) {
      h = step(h, bytes[i]);
    }
    return end(h);
  }

  /** A hash of two numbers. */
  public int of(long one, long two) {
    return end(step(step(seed, one), two));
  }

  private static long step(long h, long more) {
    long product = (h ^ more) * SPREAD;
    return product ^ (product >>> 32);
  }

  private int end(long h) {
    return (int) (step(h, seed) >>> 32);
  }
}
