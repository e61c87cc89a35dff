package mo.farol.journal;

import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;

/**
 * Collects blocks that are packed together, so that what they have in common is stored once. See
 * {@link BlockCodec} for the layout. For one thread.
 */
final class Group implements AutoCloseable {
  /** Bytes before packing at which a group is full: reading one event back unpacks as much. */
  static final int FULL = 128 << 10;

  /** Of zstd, with time to spare. */
  static final int LEVEL = 3;

  private static final int LENGTH = 4;

  private final BlockCodec codec = new BlockCodec();
  private final ZstdCompressCtx zstd;
  private ByteBuffer entries = ByteBuffer.allocate(FULL + (64 << 10));
  private ByteBuffer whole = ByteBuffer.allocate(FULL);
  private long firstSequence;
  private long nextSequence;
  private long received;

  Group(int level) {
    zstd = new ZstdCompressCtx().setLevel(level);
  }

  /** Adds a block behind those that are there; blocks come in order. */
  void add(EventLog.Block block) {
    if (isEmpty()) {
      firstSequence = block.firstSequence();
      received = block.frames().receivedAtMicros();
    }
    reserve(LENGTH + BlockCodec.roomFor(block.frames(), block.salt()));
    int start = entries.position();
    entries.position(start + LENGTH);
    codec.encodeUnpacked(block, entries);
    entries.putInt(start, entries.position() - start - LENGTH);
    nextSequence = block.nextSequence();
  }

  boolean isEmpty() {
    return entries.position() == 0;
  }

  /** Whether one more block is to begin another group. */
  boolean isFullWith(EventLog.Block block) {
    return !isEmpty() && entries.position() + block.frames().size() > FULL
        || nextSequence - firstSequence > Integer.MAX_VALUE / 2;
  }

  /** The group as it stands in a segment, good until the next; empties it. */
  ByteBuffer take(long tag) {
    int rawLength = entries.position();
    int room = BlockCodec.PREFIX + BlockCodec.FIXED + BlockCodec.packedRoom(rawLength);
    if (whole.capacity() < room) {
      whole = ByteBuffer.allocate(room);
    }
    whole.clear().position(BlockCodec.PREFIX + BlockCodec.FIXED);
    int packed =
        zstd.compressByteArray(
            whole.array(), whole.position(), whole.remaining(), entries.array(), 0, rawLength);
    boolean isPacked = packed < rawLength;
    if (isPacked) {
      whole.position(whole.position() + packed);
    } else {
      whole.put(entries.array(), 0, rawLength);
    }
    int end = whole.position();
    whole.position(BlockCodec.PREFIX);
    whole.putLong(firstSequence).putLong(received);
    whole.putInt((int) (nextSequence - firstSequence)).putInt(rawLength);
    whole.put(isPacked ? BlockCodec.GROUP | BlockCodec.ZSTD : BlockCodec.GROUP);
    whole.position(end);
    BlockCodec.close(0, tag, whole);
    entries.clear();
    return whole.flip();
  }

  @Override
  public void close() {
    codec.close();
    zstd.close();
  }

  private void reserve(long room) {
    if (entries.remaining() < room) {
      long length = Math.max(entries.capacity() * 2L, entries.position() + room);
      entries = ByteBuffer.allocate(Math.toIntExact(length)).put(entries.flip());
    }
  }
}
