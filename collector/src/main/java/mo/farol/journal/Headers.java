package mo.farol.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads what a segment's file says of itself. */
final class Headers {
  private final Disk disk;

  Headers(Disk disk) {
    this.disk = disk;
  }

  /**
   * Number and first sequence as the name has them; the tag from the header or, where that is
   * damaged, from the first block. Null where neither says anything.
   */
  @Nullable SegmentHeader of(String name, long length) throws IOException {
    if (length < SegmentHeader.LENGTH) {
      return null;
    }
    var read = SegmentHeader.read(bytes(name, 0, SegmentHeader.LENGTH));
    int number = Segment.numberIn(name);
    long first = Segment.firstSequenceIn(name);
    if (read != null) {
      return new SegmentHeader(number, first, read.tag(), read.edition());
    }
    byte[] tag = bytes(name, SegmentHeader.LENGTH, Long.BYTES);
    var guess = new SegmentHeader(number, first, SegmentHeader.tagOf(tag), 0);
    var segment = new Segment(disk, guess, length);
    try (var walk = segment.walk(SegmentHeader.LENGTH, Walk.ONE)) {
      var place = walk.place(SegmentHeader.LENGTH, length);
      return place != null && walk.isGood(place) ? guess : null;
    }
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
