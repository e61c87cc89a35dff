package mo.farol.journal;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import mo.farol.event.FrameBatch;

/** Bytes back to batches; see {@link BlockCodec} for the layout. */
final class BlockReader {
  private BlockReader() {}

  /** Whether {@code bytes[at .. at + PREFIX + payload)} is what was written. */
  static boolean isGood(byte[] bytes, int at, int payload, int crc) {
    var sum = new CRC32C();
    sum.update(bytes, at, 12);
    sum.update(bytes, at + BlockCodec.PREFIX, payload);
    return (int) sum.getValue() == crc;
  }

  /**
   * Reads a payload whose CRC was checked.
   *
   * @throws JournalFault when it makes no sense all the same
   */
  static EventLog.Block read(byte[] bytes, int at, int payload, long position) {
    try {
      return block(ByteBuffer.wrap(bytes, at, payload), position);
    } catch (RuntimeException e) {
      throw new JournalFault("a block with a good checksum can't be read: " + e, e);
    }
  }

  private static EventLog.Block block(ByteBuffer in, long position) {
    long firstSequence = in.getLong();
    long received = in.getLong();
    int count = in.getInt();
    int rawLength = in.getInt();
    byte flags = in.get();
    boolean isSalted = (flags & BlockCodec.SALTED) != 0;
    var salt = isSalted ? new Salt(in.getLong(), in.getLong()) : Salt.NONE;
    var origin = OriginCodec.read(in);
    byte[] body = new byte[rawLength];
    if ((flags & BlockCodec.ZSTD) != 0) {
      unpack(in, body);
    } else {
      in.get(body);
    }
    int[] bounds = new int[count + 1];
    byte[] marks = new byte[count];
    split(body, bounds, marks);
    var frames = FrameBatch.of(origin, received, body, bounds, marks);
    return new EventLog.Block(firstSequence, position, frames, salt);
  }

  private static void unpack(ByteBuffer in, byte[] body) {
    long n =
        Zstd.decompressByteArray(
            body, 0, body.length, in.array(), in.arrayOffset() + in.position(), in.remaining());
    if (Zstd.isError(n) || n != body.length) {
      throw new IllegalArgumentException("zstd gave " + n + " of " + body.length + " bytes");
    }
  }

  // The frames stay where they were unpacked, behind their lengths and marks.
  private static void split(byte[] body, int[] bounds, byte[] marks) {
    int at = 0;
    for (int i = 0; i < marks.length; i++) {
      int length = 0;
      int shift = 0;
      byte b;
      do {
        b = body[at++];
        length |= (b & 0x7f) << shift;
        shift += 7;
      } while (b < 0);
      bounds[i + 1] = bounds[i] + length;
    }
    System.arraycopy(body, at, marks, 0, marks.length);
    at += marks.length;
    if (at + bounds[marks.length] != body.length) {
      throw new IllegalArgumentException("frame lengths do not add up");
    }
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] += at;
    }
  }
}
