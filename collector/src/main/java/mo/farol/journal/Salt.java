package mo.farol.journal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * 16 random bytes kept with a block and nowhere else: what is hashed with them can't be guessed
 * once the block is gone.
 */
public record Salt(long high, long low) {
  /** Bytes on disk. */
  public static final int LENGTH = 16;

  /** What a block without one has. */
  public static final Salt NONE = new Salt(0, 0);

  /** Fresh salts; asks the system's generator once for many. For one thread. */
  static final class Source {
    private final SecureRandom random = new SecureRandom();
    private final byte[] pool = new byte[256 * LENGTH];
    private final ByteBuffer left = ByteBuffer.wrap(pool).limit(0);

    Salt next() {
      if (!left.hasRemaining()) {
        random.nextBytes(pool);
        left.clear();
      }
      return new Salt(left.getLong(), left.getLong());
    }
  }
}
