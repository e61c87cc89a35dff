package mo.farol.wire;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952) as it streams by, with an end to how much it may become. Several members
 * in a row are one text. One body, one thread; {@link #close} frees native memory.
 */
public final class Gunzip implements Unpacking {
  private final UnpackedBound bound;
  private final Output out;
  private final GzipEnvelope envelope = new GzipEnvelope();
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] chunk = new byte[16 << 10];
  private boolean inData;

  public Gunzip(long limit, Output out) {
    this.bound = new UnpackedBound(limit);
    this.out = out;
  }

  @Override
  public void take(byte[] bytes, int from, int to) throws Broken {
    bound.packed(to - from);
    int at = from;
    while (at < to) {
      at = inData ? inflate(bytes, at, to) : header(bytes[at], at);
    }
  }

  @Override
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
        bound.unpacked(n);
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
}
