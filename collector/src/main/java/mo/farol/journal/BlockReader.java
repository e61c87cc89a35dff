package mo.farol.journal;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;

/** Bytes back to batches; see {@link BlockCodec} for the layout. */
final class BlockReader {
  // Salts of a block that lost some of its frames, lengths and heads beside the frames.
  private static final int GROUP_LIMIT = BlockCodec.RAW_LIMIT + (1 << 20);
  private static final int FLAGS = 24;

  private BlockReader() {}

  /** Whether {@code bytes[at .. at + PREFIX + payload)} is what was written. */
  static boolean isGood(byte[] bytes, int at, int payload, int crc) {
    var sum = new CRC32C();
    sum.update(bytes, at, 12);
    sum.update(bytes, at + BlockCodec.PREFIX, payload);
    return (int) sum.getValue() == crc;
  }

  /** Whether a payload is a group of blocks. */
  static boolean isGroup(byte[] bytes, int at) {
    return (bytes[at + FLAGS] & BlockCodec.GROUP) != 0;
  }

  /** How many frames were forced together with a payload's and stand before them. */
  static int joined(byte[] bytes, int at) {
    boolean isJoined = (bytes[at + FLAGS] & BlockCodec.JOINED) != 0;
    return isJoined && !isGroup(bytes, at)
        ? ByteBuffer.wrap(bytes).getInt(at + BlockCodec.FIXED)
        : 0;
  }

  /**
   * Reads the blocks of a payload whose CRC was checked: one, or those of a group, which share its
   * position.
   *
   * @throws JournalFault when it makes no sense all the same
   */
  static List<EventLog.Block> read(byte[] bytes, int at, int payload, long position) {
    try {
      var in = ByteBuffer.wrap(bytes, at, payload);
      return isGroup(bytes, at) ? group(in, position) : List.of(block(in, position, false));
    } catch (RuntimeException e) {
      throw new JournalFault("a block with a good checksum can't be read: " + e, e);
    }
  }

  private static List<EventLog.Block> group(ByteBuffer in, long position) {
    in.position(in.position() + FLAGS - 4);
    int rawLength = in.getInt();
    boolean isPacked = (in.get() & BlockCodec.ZSTD) != 0;
    var entries = body(in, rawLength, GROUP_LIMIT, isPacked);
    var blocks = new ArrayList<EventLog.Block>();
    while (entries.hasRemaining()) {
      int length = entries.getInt();
      int end = entries.position() + length;
      blocks.add(block(entries.duplicate().limit(end), position, true));
      entries.position(end);
    }
    return blocks;
  }

  private static EventLog.Block block(ByteBuffer in, long position, boolean isShared) {
    long firstSequence = in.getLong();
    long received = in.getLong();
    int count = in.getInt();
    int rawLength = in.getInt();
    byte flags = in.get();
    if (count < 1 || count > rawLength / 2) {
      throw new IllegalArgumentException(count + " frames in " + rawLength + " bytes");
    }
    if ((flags & BlockCodec.JOINED) != 0) {
      in.getInt();
    }
    var salt = salt(flags, count, in);
    var origin = OriginCodec.read(in);
    boolean isPacked = (flags & BlockCodec.ZSTD) != 0;
    var body = isShared && !isPacked ? in : body(in, rawLength, BlockCodec.RAW_LIMIT, isPacked);
    var frames = frames(body, count, origin, received);
    return new EventLog.Block(firstSequence, position, frames, salt);
  }

  private static Salt salt(byte flags, int count, ByteBuffer in) {
    if ((flags & BlockCodec.FRAMES_SALTED) != 0) {
      byte[] each = new byte[Math.multiplyExact(count, Salt.OfFrames.LENGTH)];
      in.get(each);
      return new Salt.OfFrames(each);
    }
    boolean isSalted = (flags & BlockCodec.SALTED) != 0;
    return isSalted ? new Salt.OfBlock(in.getLong(), in.getLong()) : Salt.none();
  }

  // The bytes read from belong to who reads; those of a group are shared by its blocks.
  private static ByteBuffer body(ByteBuffer in, int rawLength, int limit, boolean isPacked) {
    if (rawLength < 0 || rawLength > limit || !isPacked && in.remaining() != rawLength) {
      throw new IllegalArgumentException(
          "%d bytes in a block of %d".formatted(rawLength, in.remaining()));
    }
    byte[] body = new byte[rawLength];
    if (isPacked) {
      unpack(in, body);
    } else {
      in.get(body);
    }
    return ByteBuffer.wrap(body);
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
  private static FrameBatch frames(ByteBuffer body, int count, Origin origin, long received) {
    int[] bounds = new int[count + 1];
    byte[] marks = new byte[count];
    for (int i = 0; i < marks.length; i++) {
      int length = 0;
      int shift = 0;
      byte b;
      do {
        b = body.get();
        length |= (b & 0x7f) << shift;
        shift += 7;
      } while (b < 0);
      if (length < 0) {
        throw new IllegalArgumentException("a frame of " + length + " bytes");
      }
      bounds[i + 1] = Math.addExact(bounds[i], length);
    }
    body.get(marks);
    if (bounds[marks.length] != body.remaining()) {
      throw new IllegalArgumentException("frame lengths do not add up");
    }
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] += body.arrayOffset() + body.position();
    }
    return FrameBatch.of(origin, received, body.array(), bounds, marks);
  }
}
