package mo.farol.journal;

import java.util.Arrays;

/** Every so many bytes a sequence and the offset of its block. Not thread-safe. */
final class Sparse {
  private static final int EVERY = 128 << 10;

  private long[] sequences = new long[16];
  private long[] offsets = new long[16];
  private int count;

  /** Notes a block unless one near before it is noted. Blocks come in order. */
  void note(long firstSequence, long offset) {
    if (count > 0 && offset - offsets[count - 1] < EVERY) {
      return;
    }
    if (count == offsets.length) {
      sequences = Arrays.copyOf(sequences, count * 2);
      offsets = Arrays.copyOf(offsets, count * 2);
    }
    sequences[count] = firstSequence;
    offsets[count++] = offset;
  }

  /** Offset of the last noted block that begins at or before a sequence. */
  long before(long sequence, long otherwise) {
    int found = Arrays.binarySearch(sequences, 0, count, sequence);
    int i = found >= 0 ? found : -found - 2;
    return i < 0 ? otherwise : offsets[i];
  }
}
