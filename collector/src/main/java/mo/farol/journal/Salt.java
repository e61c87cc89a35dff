package mo.farol.journal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Random bytes kept with a block and nowhere else: what is hashed with them can't be guessed once
 * they are gone.
 */
public sealed interface Salt {
  /** What a block without one has. */
  static Salt none() {
    return new OfBlock(0, 0);
  }

  /** 16 bytes from which the salt of every frame of the block is made. */
  record OfBlock(long high, long low) implements Salt {
    /** Bytes on disk. */
    public static final int LENGTH = 16;
  }

  /**
   * The salts of single frames: what a block has that lost some of its frames, for who knows the
   * block's salt knows those of the lost ones too.
   */
  final class OfFrames implements Salt {
    /** Bytes on disk for a frame. */
    public static final int LENGTH = 32;

    private final byte[] each;

    /** One salt after the other. */
    public OfFrames(byte[] each) {
      this.each = each.clone();
    }

    /** Copies the salt of frame {@code i}. */
    public void copy(int i, byte[] into, int at) {
      System.arraycopy(each, i * LENGTH, into, at, LENGTH);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof OfFrames salt && Arrays.equals(each, salt.each);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(each);
    }
  }

  /** Bytes on disk. */
  default int length() {
    return switch (this) {
      case OfBlock _ -> OfBlock.LENGTH;
      case OfFrames frames -> frames.each.length;
    };
  }

  /** Writes {@link #length} bytes. */
  default void write(ByteBuffer out) {
    switch (this) {
      case OfBlock block -> out.putLong(block.high()).putLong(block.low());
      case OfFrames frames -> out.put(frames.each);
    }
  }

  /** Fresh salts; asks the system's generator once for many. For one thread. */
  final class Source {
    private final SecureRandom random = new SecureRandom();
    private final byte[] pool = new byte[256 * OfBlock.LENGTH];
    private final ByteBuffer left = ByteBuffer.wrap(pool).limit(0);

    Salt next() {
      if (!left.hasRemaining()) {
        random.nextBytes(pool);
        left.clear();
      }
      return new OfBlock(left.getLong(), left.getLong());
    }
  }
}
