package mo.farol.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Blocks read lately, up to so many bytes; what was used longest ago goes first. Any thread that
 * holds its lock.
 */
final class BlockCache {
  private static final long MOST_BYTES = 16L << 20;
  private static final int LARGEST = 1 << 20;
  private static final int BLOCK_COST = 512;

  /** By the first sequence of what was read at one place: a block, or those of a group. */
  private final TreeMap<Long, List<EventLog.Block>> blocks = new TreeMap<>();

  private final Map<Long, Long> costs = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  /** The block that holds a sequence, or null. */
  synchronized EventLog.@Nullable Block holding(long sequence) {
    var near = blocks.floorEntry(sequence);
    if (near == null) {
      return null;
    }
    costs.get(near.getKey()); // it is the one used last now
    return holding(sequence, near.getValue());
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

  /** Keeps what was read at one place, unless it is large. */
  synchronized void keep(List<EventLog.Block> list) {
    // Those of a group share their bytes.
    long cost =
        list.isEmpty()
            ? 0
            : list.getFirst().frames().bytes().length + (long) BLOCK_COST * list.size();
    if (cost == 0 || cost > LARGEST) {
      return;
    }
    long first = list.getFirst().firstSequence();
    blocks.put(first, list);
    var before = costs.put(first, cost);
    bytes += cost - (before == null ? 0 : before);
    for (var oldest = costs.entrySet().iterator(); bytes > MOST_BYTES; ) {
      var gone = oldest.next();
      bytes -= gone.getValue();
      blocks.remove(gone.getKey());
      oldest.remove();
    }
  }

  synchronized void clear() {
    blocks.clear();
    costs.clear();
    bytes = 0;
  }
}
