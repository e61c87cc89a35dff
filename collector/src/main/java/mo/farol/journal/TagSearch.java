package mo.farol.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Finds the tag of a segment whose beginning is lost, from the blocks behind it: where a checksum
 * fits, there is a block and it begins with the tag. A sender may have put into a frame what looks
 * like a block with a tag of its own; within a block that is whole none is looked for, and the tag
 * is believed that most bytes are under. For one thread.
 */
final class TagSearch {
  /** Longest payload that is looked at; longer ones are passed by. */
  private static final int LONGEST = 1 << 20;

  private static final int RAW_LONGEST = BlockCodec.PAYLOAD_LIMIT;
  private static final int FLAGS = 2 * BlockCodec.JOINED;
  private static final int WINDOW = 4 << 20;

  private final Disk.Input input;
  private final long length;
  private final long firstSequence;
  private final byte[] window;
  private final ByteBuffer view;
  private long start;
  private int filled;

  /**
   * @param firstSequence sequence of the segment's first frame
   */
  TagSearch(Disk.Input input, long length, long firstSequence) {
    this.input = input;
    this.length = length;
    this.firstSequence = firstSequence;
    window = new byte[(int) Math.min(WINDOW, length)];
    view = ByteBuffer.wrap(window);
  }

  /** The tag of the blocks from an offset on; empty where there is none that is whole. */
  OptionalLong from(long offset) throws IOException {
    var bytesOf = new HashMap<Long, Long>();
    long at = offset;
    while (at + Walk.HEAD <= length) {
      int whole = has(at, Walk.HEAD) ? block(at) : 0;
      if (whole > 0) {
        bytesOf.merge(view.getLong((int) (at - start)), (long) whole, Long::sum);
      }
      at += Math.max(1, whole);
    }
    return bytesOf.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(most -> OptionalLong.of(most.getKey()))
        .orElseGet(OptionalLong::empty);
  }

  // Bytes of the block there, 0 where there is none.
  private int block(long at) throws IOException {
    int i = (int) (at - start);
    int payload = view.getInt(i + 8);
    if (payload < BlockCodec.FIXED || payload > LONGEST || !isSane(i + BlockCodec.PREFIX)) {
      return 0;
    }
    int whole = BlockCodec.PREFIX + payload;
    if (!has(at, whole)) {
      return 0;
    }
    int there = (int) (at - start);
    boolean isGood = BlockReader.isGood(window, there, payload, view.getInt(there + 12));
    return isGood ? whole : 0;
  }

  private boolean isSane(int payload) {
    int rawLength = view.getInt(payload + 20);
    return view.getLong(payload) >= firstSequence
        && view.getInt(payload + 16) > 0
        && rawLength >= 0
        && rawLength <= RAW_LONGEST
        && (view.get(payload + 24) & 0xff) < FLAGS;
  }

  private boolean has(long at, int bytes) throws IOException {
    if (at + bytes > length) {
      return false;
    }
    if (at < start || at + bytes > start + filled) {
      start = at;
      filled = input.read(window, 0, (int) Math.min(window.length, length - at), at);
    }
    return at + bytes <= start + filled;
  }
}
