package mo.farol.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One file of blocks. Its name holds its number and the sequence of its first frame, so that the
 * order of files can be told from the files alone. Written by one thread; read by any up to {@link
 * #end}.
 */
final class Segment implements AutoCloseable {
  /** A block's place and extent, found without reading its body. */
  record Place(long offset, int payload, int crc, long firstSequence, int count) {
    long end() {
      return offset + BlockCodec.PREFIX + payload;
    }
  }

  private static final int HEAD = BlockCodec.PREFIX + 20;
  private static final long SPARSE = 64 << 10;
  private static final int OFFSET_BITS = 36;

  private final String name;
  private final int number;
  private final long firstSequence;
  private final Disk.Handle file;
  private volatile long end;
  private @Nullable NavigableMap<Long, Long> sparse;

  Segment(String name, Disk.Handle file, long end) {
    this.name = name;
    this.number = Integer.parseInt(name.substring(0, 8));
    this.firstSequence = Long.parseLong(name.substring(9, 29));
    this.file = file;
    this.end = end;
  }

  static boolean isName(String name) {
    return name.matches("\\d{8}-\\d{20}\\.seg");
  }

  static String name(int number, long firstSequence) {
    return "%08d-%020d.seg".formatted(number, firstSequence);
  }

  static int numberOf(long position) {
    return (int) (position >>> OFFSET_BITS);
  }

  static long offsetOf(long position) {
    return position & (1L << OFFSET_BITS) - 1;
  }

  long positionOf(long offset) {
    return (long) number << OFFSET_BITS | offset;
  }

  String name() {
    return name;
  }

  int number() {
    return number;
  }

  long firstSequence() {
    return firstSequence;
  }

  Disk.Handle file() {
    return file;
  }

  /** Bytes that are on disk and may be read. */
  long end() {
    return end;
  }

  /** Lets readers see what is now on disk. */
  void reached(long end) {
    this.end = end;
  }

  /** The block at an offset, or null where none can begin: end of file, zeros, damage. */
  @Nullable Place place(long offset, long limit) throws IOException {
    if (offset + HEAD > limit) {
      return null;
    }
    var head = ByteBuffer.allocate(HEAD);
    file.read(head, offset);
    head.flip();
    if (head.remaining() < HEAD || head.getInt() != BlockCodec.MAGIC) {
      return null;
    }
    int payload = head.getInt();
    int crc = head.getInt();
    long first = head.getLong();
    head.getLong();
    int count = head.getInt();
    boolean sane =
        payload >= HEAD - BlockCodec.PREFIX
            && payload <= BlockCodec.PAYLOAD_LIMIT
            && offset + BlockCodec.PREFIX + payload <= limit
            && count > 0
            && first >= 0;
    return sane ? new Place(offset, payload, crc, first, count) : null;
  }

  /** The block at an offset or, past damage, the next whole one; null at the end. */
  @Nullable Place following(long offset, long limit) throws IOException {
    var place = place(offset, limit);
    if (place == null && offset + HEAD <= limit) {
      long good = nextGood(offset, limit);
      return good < 0 ? null : place(good, limit);
    }
    return place;
  }

  /** The payload of a block, or null when its CRC says it is not what was written. */
  @Nullable ByteBuffer payload(Place place) throws IOException {
    var bytes = ByteBuffer.allocate(place.payload());
    file.read(bytes, place.offset() + BlockCodec.PREFIX);
    bytes.flip();
    boolean good = bytes.remaining() == place.payload() && BlockCodec.isGood(bytes, place.crc());
    return good ? bytes : null;
  }

  /** Offset of the first whole, undamaged block at or after an offset, or -1. */
  long nextGood(long from, long limit) throws IOException {
    var window = ByteBuffer.allocate(1 << 16);
    for (long at = from; at + HEAD <= limit; at += window.capacity() - 3) {
      window.clear();
      file.read(window, at);
      window.flip();
      for (int i = 0; i + 4 <= window.limit(); i++) {
        if (window.getInt(i) == BlockCodec.MAGIC) {
          var place = place(at + i, limit);
          if (place != null && payload(place) != null) {
            return at + i;
          }
        }
      }
    }
    return -1;
  }

  /** Offset of a block at or before the one that holds a sequence. */
  synchronized long near(long sequence) throws IOException {
    var entry = sparse().floorEntry(sequence);
    return entry == null ? 0 : entry.getValue();
  }

  // Grown on demand from where it stopped, so that an active segment needs no help from the writer.
  private NavigableMap<Long, Long> sparse() throws IOException {
    NavigableMap<Long, Long> map = sparse == null ? new TreeMap<>() : sparse;
    sparse = map;
    var last = map.lastEntry();
    long offset = last == null ? 0 : last.getValue();
    long limit = end;
    long noted = last == null ? -SPARSE : last.getValue();
    for (var place = following(offset, limit);
        place != null;
        place = following(place.end(), limit)) {
      if (place.offset() - noted >= SPARSE) {
        map.put(place.firstSequence(), place.offset());
        noted = place.offset();
      }
    }
    return map;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
