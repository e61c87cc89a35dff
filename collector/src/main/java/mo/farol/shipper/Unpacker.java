package mo.farol.shipper;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import mo.farol.wire.BrokenStream;

/**
 * Unpacks a connection's packed frames, one after the other: each to 64 MiB at most, and all of
 * them, beyond the first 8 MiB, to 200 times what was sent. {@link #close} frees native memory.
 */
final class Unpacker implements AutoCloseable {
  private static final long MOST_BYTES = 64L << 20;
  // Below this a ratio says nothing: a window of like lines packs very well.
  private static final long RATIO_MATTERS_BYTES = 8L << 20;
  private static final long RATIO = 200;
  private static final int CHUNK_BYTES = 16 << 10;

  /** Memory that one takes, about, in bytes. */
  static final long HELD_BYTES = 64 << 10;

  /** Takes unpacked bytes; lent for the length of the call. */
  interface Out {
    void take(byte[] bytes, int length) throws BrokenStream;
  }

  private final Inflater inflater = new Inflater();
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private final Ratio all;
  private final Ratio own = new Ratio();

  /**
   * @param all what the connection's packed frames were and became
   */
  Unpacker(Ratio all) {
    this.all = all;
  }

  /** What was packed and what it became. */
  static final class Ratio {
    private long packed;
    private long unpacked;

    private boolean isTooMuch() {
      return unpacked > RATIO_MATTERS_BYTES && unpacked / RATIO > packed;
    }
  }

  void take(byte[] bytes, int from, int length, Out out) throws BrokenStream {
    own.packed += length;
    all.packed += length;
    inflater.setInput(bytes, from, length);
    try {
      for (int n = inflater.inflate(chunk); n > 0; n = inflater.inflate(chunk)) {
        grow(n);
        out.take(chunk, n);
      }
    } catch (DataFormatException e) {
      throw new BrokenStream("the packed data is damaged");
    }
    if (inflater.needsDictionary()) {
      throw new BrokenStream("packed with a dictionary");
    }
  }

  /** Whether the packed frame has ended. */
  boolean isFinished() {
    return inflater.finished();
  }

  @Override
  public void close() {
    inflater.end();
  }

  private void grow(int more) throws BrokenStream {
    own.unpacked += more;
    all.unpacked += more;
    if (own.unpacked > MOST_BYTES) {
      throw new BrokenStream("packed frames may unpack to 64 MiB at most");
    }
    if (own.isTooMuch() || all.isTooMuch()) {
      throw new BrokenStream("packed frames may unpack to " + RATIO + " times their size at most");
    }
  }
}
