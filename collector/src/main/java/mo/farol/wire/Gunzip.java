package mo.farol.wire;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952) as it streams by, with an end to how much it may become. Several members
 * in a row are one text. One body, one thread; {@link #close} frees native memory.
 */
public final class Gunzip implements AutoCloseable {
  /** Takes unpacked bytes, lent for the length of the call. */
  public interface Output {
    void bytes(byte[] bytes, int from, int to);
  }

  /** Why a body can't be unpacked. */
  public static final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    /** Whether it would become too much, rather than not being gzip. */
    public final boolean tooMuch;

    Broken(boolean tooMuch, String message) {
      super(message);
      this.tooMuch = tooMuch;
    }
  }

  private static final int RATIO = 100;
  // Below this a ratio says nothing: a few like lines pack very well.
  private static final long RATIO_MATTERS_BYTES = 1 << 20;

  private final long limit;
  private final Output out;
  private final GzipEnvelope envelope = new GzipEnvelope();
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] chunk = new byte[16 << 10];
  private boolean inData;
  private long packed;
  private long unpacked;

  public Gunzip(long limit, Output out) {
    this.limit = limit;
    this.out = out;
  }

  /** The next packed bytes. */
  public void take(byte[] bytes, int from, int to) throws Broken {
    packed += to - from;
    int at = from;
    while (at < to) {
      at = inData ? inflate(bytes, at, to) : header(bytes[at], at);
    }
  }

  /** Says whether the last member was whole. */
  public void end() throws Broken {
    if (inData || !envelope.isBetweenMembers()) {
      throw new Broken(false, "the gzip body ends in the middle");
    }
  }

  @Override
  public void close() {
    inflater.end();
  }

  private int header(byte b, int at) throws Broken {
    switch (envelope.take(b & 0xff)) {
      case MORE -> {}
      case DATA -> {
        inflater.reset();
        crc.reset();
        inData = true;
      }
      case DONE -> {
        if (envelope.crc() != crc.getValue()) {
          throw new Broken(false, "the gzip checksum differs");
        }
      }
      case WRONG -> throw new Broken(false, "this is not gzip");
    }
    return at + 1;
  }

  private int inflate(byte[] bytes, int from, int to) throws Broken {
    inflater.setInput(bytes, from, to - from);
    try {
      while (!inflater.finished()) {
        int n = inflater.inflate(chunk);
        if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
        grow(n);
        crc.update(chunk, 0, n);
        out.bytes(chunk, 0, n);
      }
    } catch (DataFormatException e) {
      throw new Broken(false, "the gzip data is damaged");
    }
    int left = inflater.getRemaining();
    inData = !inflater.finished();
    return inData ? to : to - left;
  }

  private void grow(int more) throws Broken {
    unpacked += more;
    if (unpacked > limit) {
      throw new Broken(true, "a body may unpack to %d MiB at most".formatted(limit >> 20));
    }
    if (unpacked > RATIO_MATTERS_BYTES && unpacked / RATIO > packed) {
      throw new Broken(true, "a body may unpack to " + RATIO + " times its size at most");
    }
  }
}
