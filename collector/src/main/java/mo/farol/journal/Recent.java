package mo.farol.journal;

import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest blocks on disk, still as they were appended: who reads at the journal's end need not
 * read, check and unpack what was packed a moment ago. Filled by the writer, read by any thread.
 */
final class Recent {
  private static final int BLOCK_COST = 256;

  private final ConcurrentSkipListMap<Long, EventLog.Block> blocks = new ConcurrentSkipListMap<>();
  private final long mostBytes;
  private long bytes;

  /**
   * @param mostBytes of memory; the oldest blocks give way
   */
  Recent(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Takes the block that follows the last one in, once it is on disk. */
  synchronized void add(EventLog.Block block) {
    blocks.put(block.firstSequence(), block);
    bytes += cost(block);
    while (bytes > mostBytes) {
      bytes -= cost(blocks.pollFirstEntry().getValue());
    }
  }

  /** Lets go of what begins before a sequence, for the files say otherwise now. */
  synchronized void forgetBefore(long sequence) {
    while (!blocks.isEmpty() && blocks.firstKey() < sequence) {
      bytes -= cost(blocks.pollFirstEntry().getValue());
    }
  }

  /** The block that holds a sequence, or null where only the files have it. */
  EventLog.@Nullable Block holding(long sequence) {
    var entry = blocks.floorEntry(sequence);
    return entry != null && sequence < entry.getValue().nextSequence() ? entry.getValue() : null;
  }

  private static long cost(EventLog.Block block) {
    var frames = block.frames();
    return frames.size() + BLOCK_COST + 5L * frames.count(); // blocks side by side share an array
  }
}
