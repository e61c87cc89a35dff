package mo.farol.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first 64 bytes of a segment, on disk before any block: magic "FAROLSG1" (8), number (4),
 * first sequence (8), tag (8), CRC-32C of these and of an edition that is not 0 (4), edition (4),
 * zeros.
 *
 * @param number counts segments from 1
 * @param firstSequence sequence of the first frame
 * @param tag random; begins every block of this segment
 * @param edition how often the file was written anew
 * @param blind bytes at the file's beginning that the disk does not give; not written
 */
record SegmentHeader(int number, long firstSequence, long tag, int edition, int blind) {
  /** Bytes on disk. */
  static final int LENGTH = 64;

  private static final long MAGIC = 0x4641524f4c534731L;
  private static final int SUMMED = 28;
  private static final int EDITION = 32;

  SegmentHeader(int number, long firstSequence, long tag, int edition) {
    this(number, firstSequence, tag, edition, 0);
  }

  ByteBuffer bytes() {
    var out = ByteBuffer.allocate(LENGTH);
    out.putLong(MAGIC).putInt(number).putLong(firstSequence).putLong(tag);
    out.putInt(EDITION, edition).putInt(crc(out.array(), edition));
    return out.clear();
  }

  /** Reads a header, or null where these bytes are none. */
  static @Nullable SegmentHeader read(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    if (in.getLong() != MAGIC) {
      return null;
    }
    int number = in.getInt();
    long firstSequence = in.getLong();
    long tag = in.getLong();
    int crc = in.getInt();
    int edition = in.getInt();
    boolean isGood = crc == crc(bytes, edition);
    return isGood ? new SegmentHeader(number, firstSequence, tag, edition) : null;
  }

  /** Of the file that takes the place of this one's. */
  SegmentHeader next() {
    return new SegmentHeader(number, firstSequence, tag, edition + 1);
  }

  /** The tag that the first bytes of a block are. */
  static long tagOf(byte[] first) {
    return ByteBuffer.wrap(first).getLong();
  }

  private static int crc(byte[] bytes, int edition) {
    var crc = new CRC32C();
    crc.update(bytes, 0, SUMMED);
    if (edition != 0) {
      crc.update(bytes, EDITION, Integer.BYTES);
    }
    return (int) crc.getValue();
  }
}
