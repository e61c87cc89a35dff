package mo.farol.journal;

import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects blocks that are packed together, so that what they have in common is stored once. Groups
 * are small, for reading one event back unpacks one; what neighbours have in common is kept out of
 * them by packing each with the bytes of the last {@link #KEY_EVERY key group} as dictionary. See
 * {@link BlockCodec} for the layout. For one thread.
 */
final class Group implements AutoCloseable {
  /** Bytes before packing at which a group is full: reading one event back unpacks as much. */
  static final int FULL = 32 << 10;

  /** Bytes before packing after which one group is packed by itself, as the next ones' key. */
  static final int KEY_EVERY = 4 << 20;

  /** Of zstd, with time to spare. */
  static final int LEVEL = 3;

  private static final int LENGTH = 4;
  private static final int KEY = 8;

  /** A key with fewer bytes is not worth having. */
  private static final int SMALLEST_KEY = 8 << 10;

  private final BlockCodec codec = new BlockCodec();
  private final ZstdCompressCtx plain;
  private final int level;
  private @Nullable ZstdCompressCtx keyed;
  private long keyOffset;
  private int keyCrc;
  private long sinceKey;
  private ByteBuffer entries = ByteBuffer.allocate(FULL + (64 << 10));
  private ByteBuffer whole = ByteBuffer.allocate(FULL);
  private long firstSequence;
  private long nextSequence;
  private long received;

  Group(int level) {
    this.level = level;
    plain = new ZstdCompressCtx().setLevel(level);
  }

  /** Cuts a block into what fits a group; frames, salts and so the leaves stay as they are. */
  static List<EventLog.Block> pieces(EventLog.Block block) {
    if (block.frames().size() <= FULL + FULL / 2) {
      return List.of(block);
    }
    var pieces = new ArrayList<EventLog.Block>();
    for (int from = 0; from < block.frames().count(); ) {
      var frames = BlockCodec.piece(block.frames(), from, FULL);
      pieces.add(
          new EventLog.Block(
              block.firstSequence() + from,
              block.position(),
              frames,
              block.salt().of(from, frames.count())));
      from += frames.count();
    }
    return pieces;
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

  /**
   * The group as it stands in a segment, good until the next; empties it.
   *
   * @param offset where it will stand
   */
  ByteBuffer take(long tag, long offset) {
    int rawLength = entries.position();
    int head = BlockCodec.PREFIX + BlockCodec.FIXED;
    int room = head + KEY + BlockCodec.packedRoom(rawLength);
    if (whole.capacity() < room) {
      whole = ByteBuffer.allocate(room);
    }
    var key = sinceKey + rawLength <= KEY_EVERY ? keyed : null;
    sinceKey += rawLength;
    whole.clear().position(head + (key == null ? 0 : KEY));
    int packed = pack(key == null ? plain : key, rawLength);
    int flags = BlockCodec.GROUP | (packed < rawLength ? BlockCodec.ZSTD : 0);
    if (packed < rawLength && key != null) {
      whole.putInt(head, (int) (offset - keyOffset)).putInt(head + 4, keyCrc);
      flags |= BlockCodec.KEYED;
    } else if (packed >= rawLength) {
      whole.position(head).put(entries.array(), 0, rawLength);
    }
    int end = whole.position();
    whole.position(BlockCodec.PREFIX);
    whole.putLong(firstSequence).putLong(received);
    whole.putInt((int) (nextSequence - firstSequence)).putInt(rawLength).put((byte) flags);
    whole.position(end);
    BlockCodec.close(0, tag, whole);
    if (key == null) {
      becomeKey(rawLength, offset);
    }
    entries.clear();
    return whole.flip();
  }

  private int pack(ZstdCompressCtx zstd, int rawLength) {
    int packed =
        zstd.compressByteArray(
            whole.array(), whole.position(), whole.remaining(), entries.array(), 0, rawLength);
    whole.position(whole.position() + packed);
    return packed;
  }

  private void becomeKey(int rawLength, long offset) {
    closeKeyed();
    if (rawLength >= SMALLEST_KEY) {
      var fresh = new ZstdCompressCtx().setLevel(level);
      fresh.loadDict(Arrays.copyOf(entries.array(), rawLength));
      keyed = fresh;
      keyOffset = offset;
      keyCrc = whole.getInt(BlockCodec.PREFIX - 4);
    }
    sinceKey = 0;
  }

  private void closeKeyed() {
    if (keyed != null) {
      keyed.close();
      keyed = null;
    }
  }

  @Override
  public void close() {
    codec.close();
    plain.close();
    closeKeyed();
  }

  private void reserve(long room) {
    if (entries.remaining() < room) {
      long length = Math.max(entries.capacity() * 2L, entries.position() + room);
      entries = ByteBuffer.allocate(Math.toIntExact(length)).put(entries.flip());
    }
  }
}
