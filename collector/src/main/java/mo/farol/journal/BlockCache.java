package mo.farol.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Blocks read lately, and the bytes that groups were packed with, up to so many bytes of each; what
 * was used longest ago goes first. Any thread.
 */
final class BlockCache implements Walk.Keys {
  private static final long MOST_BYTES = 16L << 20;
  private static final int LARGEST = 1 << 20;
  private static final int BLOCK_COST = 128;

  /** A key under the checksum of its block: another edition of a file has another there. */
  private record Key(long position, int crc) {}

  private final Map<Long, List<EventLog.Block>> blocks = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<Key, byte[]> keys = new LinkedHashMap<>(64, 0.75f, true);
  private long blockBytes;
  private long keyBytes;

  /** What was read at a position, or null. */
  synchronized @Nullable List<EventLog.Block> at(long position) {
    return blocks.get(position);
  }

  /**
   * The block that holds a sequence, or null. Going through all costs less than a look at a file.
   */
  synchronized EventLog.@Nullable Block holding(long sequence) {
    for (var list : blocks.values()) {
      if (list.getFirst().firstSequence() <= sequence && sequence < list.getLast().nextSequence()) {
        return holding(sequence, list);
      }
    }
    return null;
  }

  /** The one of these that holds a sequence, or null. */
  static EventLog.@Nullable Block holding(long sequence, List<EventLog.Block> list) {
    for (var block : list) {
      if (block.firstSequence() <= sequence && sequence < block.nextSequence()) {
        return block;
      }
    }
    return null;
  }

  /** Keeps what was read at one position, unless it is large. */
  synchronized void keep(List<EventLog.Block> list) {
    // Those of a group share their bytes.
    if (list.isEmpty() || list.getFirst().frames().bytes().length > LARGEST) {
      return;
    }
    var before = blocks.put(list.getFirst().position(), list);
    blockBytes += cost(list) - (before == null ? 0 : cost(before));
    for (var oldest = blocks.values().iterator(); blockBytes > MOST_BYTES; ) {
      blockBytes -= cost(oldest.next());
      oldest.remove();
    }
  }

  @Override
  public synchronized byte @Nullable [] at(long position, int crc) {
    return keys.get(new Key(position, crc));
  }

  @Override
  public synchronized void keep(long position, int crc, byte[] key) {
    if (key.length <= LARGEST && keys.put(new Key(position, crc), key) == null) {
      keyBytes += key.length;
    }
    for (var oldest = keys.values().iterator(); keyBytes > MOST_BYTES; ) {
      keyBytes -= oldest.next().length;
      oldest.remove();
    }
  }

  synchronized void clear() {
    blocks.clear();
    keys.clear();
    blockBytes = 0;
    keyBytes = 0;
  }

  private static long cost(List<EventLog.Block> list) {
    return list.getFirst().frames().bytes().length + (long) BLOCK_COST * list.size();
  }
}
