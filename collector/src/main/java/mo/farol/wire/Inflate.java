package mo.farol.wire;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks HTTP's {@code deflate}: zlib (RFC 1950), and bare deflate data (RFC 1951) too, as some
 * clients send it.
 */
public final class Inflate implements Unpacking {
  private final UnpackedBound bound;
  private final Output out;
  private final byte[] chunk = new byte[16 << 10];
  private final byte[] head = new byte[2];
  private int headLength;
  private @Nullable Inflater inflater;

  public Inflate(long limit, Output out) {
    this.bound = new UnpackedBound(limit);
    this.out = out;
  }

  @Override
  public void take(byte[] bytes, int from, int to) throws Broken {
    bound.packed(to - from);
    int at = from;
    while (inflater == null && at < to) {
      head[headLength++] = bytes[at++];
      if (headLength == head.length) {
        inflater = new Inflater(!isZlib(head[0] & 0xff, head[1] & 0xff));
        inflate(inflater, head, 0, head.length);
      }
    }
    if (inflater != null && at < to) {
      inflate(inflater, bytes, at, to);
    }
  }

  @Override
  public void end() throws Broken {
    if (inflater == null || !inflater.finished()) {
      throw new Broken(false, "the deflate body ends in the middle");
    }
  }

  @Override
  public void close() {
    if (inflater != null) {
      inflater.end();
    }
  }

  // RFC 1950 section 2.2: method 8, and the two bytes as a number divide by 31.
  private static boolean isZlib(int first, int second) {
    return (first & 0xf) == 8 && ((first << Byte.SIZE) + second) % 31 == 0;
  }

  private void inflate(Inflater with, byte[] bytes, int from, int to) throws Broken {
    if (with.finished()) {
      throw new Broken(false, "bytes follow the deflate data");
    }
    with.setInput(bytes, from, to - from);
    try {
      while (!with.finished()) {
        int n = with.inflate(chunk);
        if (n == 0 && (with.needsInput() || with.needsDictionary())) {
          break;
        }
        bound.unpacked(n);
        out.bytes(chunk, 0, n);
      }
    } catch (DataFormatException e) {
      throw new Broken(false, "the deflate data is damaged");
    }
    if (with.needsDictionary() || with.getRemaining() > 0) {
      throw new Broken(false, "the deflate data is damaged");
    }
  }
}
