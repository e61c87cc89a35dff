package mo.farol.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads what a segment's file says of itself. */
final class Headers {
  /** What a disk gives or does not give as one. */
  private static final int PAGE = 4 << 10;

  private final Disk disk;

  Headers(Disk disk) {
    this.disk = disk;
  }

  /**
   * Number and first sequence as the name has them; the tag from the header or, where that is
   * damaged, from the blocks. Null where none says anything.
   *
   * @throws IOException also where the disk does not give the beginning and no block says anything
   */
  @Nullable SegmentHeader of(String name, long length) throws IOException {
    if (length < SegmentHeader.LENGTH) {
      return null;
    }
    try {
      return ofWhole(name, length);
    } catch (IOException e) {
      return ofBlind(name, length, e);
    }
  }

  private @Nullable SegmentHeader ofWhole(String name, long length) throws IOException {
    var read = SegmentHeader.read(bytes(name, 0, SegmentHeader.LENGTH));
    int number = Segment.numberIn(name);
    long first = Segment.firstSequenceIn(name);
    if (read != null) {
      return new SegmentHeader(number, first, read.tag(), read.edition());
    }
    byte[] tag = bytes(name, SegmentHeader.LENGTH, Long.BYTES);
    var guess = new SegmentHeader(number, first, SegmentHeader.tagOf(tag), 0);
    return isTagOfFirst(guess, length) ? guess : search(name, length, 0);
  }

  private boolean isTagOfFirst(SegmentHeader guess, long length) throws IOException {
    var segment = new Segment(disk, guess, length);
    try (var walk = segment.walk(SegmentHeader.LENGTH, Walk.ONE)) {
      var place = walk.place(SegmentHeader.LENGTH, length);
      return place != null && walk.isGood(place);
    }
  }

  // Only a bad page at the beginning: where the disk does not give what comes behind it either, it
  // may give all of it another time.
  private SegmentHeader ofBlind(String name, long length, IOException cause) throws IOException {
    var found = length > PAGE ? search(name, length, PAGE) : null;
    if (found == null) {
      throw new IOException(
          "%s: its beginning can't be read (%s) and nothing else tells what is in it; see to the disk, or move the file away to go on without it"
              .formatted(name, cause.getMessage()),
          cause);
    }
    return found;
  }

  private @Nullable SegmentHeader search(String name, long length, int blind) throws IOException {
    long first = Segment.firstSequenceIn(name);
    try (var input = disk.open(name)) {
      var tag = new TagSearch(input, length, first).from(Math.max(SegmentHeader.LENGTH, blind));
      return tag.isPresent()
          ? new SegmentHeader(Segment.numberIn(name), first, tag.getAsLong(), 0, blind)
          : null;
    }
  }

  /** The bytes where a header stands; zeros where the disk does not give them. */
  byte[] start(String name) throws IOException {
    try (var input = disk.open(name)) {
      return start(input);
    }
  }

  /** The same of an open file. */
  static byte[] start(Disk.Input input) {
    byte[] bytes = new byte[SegmentHeader.LENGTH];
    try {
      input.read(bytes, 0, bytes.length, 0);
      return bytes;
    } catch (IOException e) {
      return new byte[SegmentHeader.LENGTH];
    }
  }

  /** Bytes of a segment; zeros where it ends before, and where the disk does not give them. */
  byte[] bytes(Segment segment, long from, int length) throws IOException {
    int blind = Math.clamp(segment.header().blind() - from, 0, length);
    byte[] bytes = new byte[length];
    byte[] given = bytes(segment.name(), from + blind, length - blind);
    System.arraycopy(given, 0, bytes, blind, given.length);
    return bytes;
  }

  /** Bytes of a file; zeros where it ends before. */
  byte[] bytes(String name, long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    try (var input = disk.open(name)) {
      input.read(bytes, 0, length, from);
    }
    return bytes;
  }
}
