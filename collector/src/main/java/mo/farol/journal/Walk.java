package mo.farol.journal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Goes over the blocks of one segment, reading ahead and stepping over damage. For one thread. */
final class Walk implements AutoCloseable {
  /** Where a block or a group lies and the sequences it spans, from its head alone. */
  record Place(long offset, int payload, int crc, long firstSequence, int count) {
    /** Offset after the block. */
    long end() {
      return offset + BlockCodec.PREFIX + payload;
    }

    /** Sequence after its last frame. */
    long nextSequence() {
      return firstSequence + count;
    }
  }

  /**
   * A place stepped over, or read though its checksum is wrong.
   *
   * @param from sequence after the last block before it
   * @param to sequence of the first block behind it; -1 where there is none in this file
   */
  record Damage(long from, long to) {}

  /** Bytes to read ahead when many blocks are wanted. */
  static final int MANY = 256 << 10;

  /** Bytes to read ahead when one block among a few is wanted. */
  static final int SOME = 64 << 10;

  /** Bytes to read ahead when one block is wanted. */
  static final int ONE = 8 << 10;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Bytes of a block that say what it is. */
  static final int HEAD = BlockCodec.PREFIX + BlockCodec.FIXED;

  private static final int LARGE = 4 << 20;

  private final Segment segment;
  private final Disk.Input input;
  private final int ahead;
  private long whole;
  private byte[] window = new byte[0];
  private long start;
  private int length;
  private long offset;
  private List<Damage> damages = List.of();
  private long expected;
  private Iterator<EventLog.Block> opened = Collections.emptyIterator();

  Walk(Segment segment, Disk.Input input, long offset, int ahead) {
    this.segment = segment;
    this.input = input;
    this.offset = offset;
    this.expected = offset == SegmentHeader.LENGTH ? segment.firstSequence() : -1;
    this.ahead = ahead;
  }

  /**
   * Makes it go on to this end, whatever end is wanted: the file is not the one that was measured.
   */
  Walk all(long end) {
    whole = end;
    return this;
  }

  /** Whether it goes over another file than the one that was measured. */
  boolean isOfAnother() {
    return whole != 0;
  }

  /** The next undamaged block that ends by {@code wanted}, or null. */
  @Nullable Place next(long wanted) throws IOException {
    long limit = whole == 0 ? wanted : whole;
    while (offset + HEAD <= limit) {
      var place = place(offset, limit);
      if (place != null && isGood(place)) {
        return arrivedAt(place);
      }
      if (place != null && segment.isLenient() && isReadable(place)) {
        note(place.firstSequence(), place.nextSequence());
        return arrivedAt(place);
      }
      stepOver(limit);
    }
    return null;
  }

  private void stepOver(long limit) throws IOException {
    long good = nextGood(offset + 1, limit);
    var next = good < 0 ? null : place(good, limit);
    note(
        expected < 0 ? segment.firstSequence() : expected,
        next == null ? -1 : next.firstSequence());
    offset = good < 0 ? limit : good;
  }

  private void note(long from, long to) {
    if (damages.isEmpty()) {
      damages = new ArrayList<>();
    }
    damages.add(new Damage(from, to));
  }

  /**
   * The next block that ends by {@code wanted} and holds this sequence or a later one, or null.
   * Those of a group come one by one.
   */
  EventLog.@Nullable Block nextBlock(long wanted, long fromSequence) throws IOException {
    while (true) {
      while (opened.hasNext()) {
        var block = opened.next();
        if (block.nextSequence() > fromSequence) {
          return block;
        }
      }
      var place = next(wanted);
      if (place == null) {
        return null;
      }
      if (place.nextSequence() > fromSequence) {
        opened = read(place).iterator();
      }
    }
  }

  private Place arrivedAt(Place place) {
    offset = place.end();
    expected = place.nextSequence();
    return place;
  }

  // Stands where it must, and what it says makes sense but for the checksum.
  private boolean isReadable(Place place) throws IOException {
    if (place.firstSequence() != expected
        || !has(place.offset(), BlockCodec.PREFIX + place.payload(), place.end())) {
      return false;
    }
    try {
      var blocks = read(place);
      return blocks.getFirst().firstSequence() == place.firstSequence()
          && blocks.getLast().nextSequence() == place.nextSequence();
    } catch (JournalFault | NoSuchElementException | OutOfMemoryError e) {
      return false;
    }
  }

  /** Where {@link #next} met damage since this was last asked. */
  List<Damage> takeDamages() {
    var taken = damages;
    damages = List.of();
    return taken;
  }

  /** The block at an offset, or null where none can begin: end, zeros, damage. */
  @Nullable Place place(long at, long limit) throws IOException {
    if (!has(at, HEAD, limit)) {
      return null;
    }
    var head = ByteBuffer.wrap(window, (int) (at - start), HEAD);
    long tag = head.getLong();
    int payload = head.getInt();
    int crc = head.getInt();
    long first = head.getLong();
    head.getLong();
    int count = head.getInt();
    boolean isSane =
        tag == segment.tag()
            && payload >= BlockCodec.FIXED
            && payload <= BlockCodec.PAYLOAD_LIMIT
            && at + BlockCodec.PREFIX + payload <= limit
            && count > 0
            && first >= segment.firstSequence();
    return isSane ? new Place(at, payload, crc, first, count) : null;
  }

  /** Whether what stands there, and {@link #isGood}, is a group. */
  boolean isGroup(Place place) {
    return BlockReader.isGroup(window, index(place) + BlockCodec.PREFIX);
  }

  /** Sequence with which began what was forced together with what {@link #isGood}. */
  long forcedFrom(Place place) {
    int joined = BlockReader.joined(window, index(place) + BlockCodec.PREFIX);
    return place.firstSequence() - joined;
  }

  /** Whether a block is what was written. */
  boolean isGood(Place place) throws IOException {
    int whole = BlockCodec.PREFIX + place.payload();
    return has(place.offset(), whole, place.end())
        && BlockReader.isGood(window, index(place), place.payload(), place.crc());
  }

  /**
   * Reads what {@link #isGood}, before anything else is asked for: a block, or those of a group.
   */
  List<EventLog.Block> read(Place place) {
    return BlockReader.read(
        window,
        index(place) + BlockCodec.PREFIX,
        place.payload(),
        segment.positionOf(place.offset()));
  }

  /** Offset of the first whole, undamaged block at or after an offset, or -1. */
  long nextGood(long from, long limit) throws IOException {
    for (long at = from; has(at, Long.BYTES, limit); at++) {
      if ((long) LONG.get(window, (int) (at - start)) == segment.tag()) {
        var place = place(at, limit);
        if (place != null && isGood(place)) {
          return at;
        }
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  private int index(Place place) {
    return (int) (place.offset() - start);
  }

  private boolean has(long at, int bytes, long limit) throws IOException {
    if (at + bytes > limit) {
      return false;
    }
    if (at < start || at + bytes > start + length) {
      fill(at, (int) Math.min(limit - at, Math.max(bytes, ahead)));
    }
    return at + bytes <= start + length;
  }

  // Never past the limit, so that nothing is kept here that may still be taken back.
  private void fill(long at, int bytes) throws IOException {
    if (window.length < bytes || (window.length > LARGE && bytes <= ahead)) {
      window = new byte[bytes];
    }
    length = 0;
    start = at;
    int blind = Math.clamp(segment.header().blind() - at, 0, bytes);
    Arrays.fill(window, 0, blind, (byte) 0);
    length = blind == bytes ? bytes : blind + input.read(window, blind, bytes - blind, at + blind);
  }
}
