package mo.farol.journal;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file of blocks. Its name holds its number and the sequence of its first frame, so that the
 * order of files can be told from the files alone. Written by one thread; read by any up to {@link
 * #end}.
 */
final class Segment {
  /** Longest segment a position can point into. */
  static final long LIMIT = 32L << 30;

  private static final int OFFSET_BITS = 36;

  private final Disk disk;
  private final String name;
  private final SegmentHeader header;
  private final boolean lenient;
  private final Sparse sparse = new Sparse();
  private List<Walk.Damage> damages = List.of();
  private long noted = SegmentHeader.LENGTH;
  private volatile long end;
  private boolean retired;
  private @Nullable Boolean packed;

  /** What puts another file in the place of this one. */
  interface Swap {
    void run() throws IOException;
  }

  Segment(Disk disk, SegmentHeader header, long end) {
    this(disk, header, end, false);
  }

  /**
   * A segment to be examined: blocks that stand where they must and can be read are, though their
   * checksum be wrong.
   */
  static Segment examined(Disk disk, SegmentHeader header, long end) {
    return new Segment(disk, header, end, true);
  }

  private Segment(Disk disk, SegmentHeader header, long end, boolean lenient) {
    this.lenient = lenient;
    this.disk = disk;
    this.name = name(header.number(), header.firstSequence());
    this.header = header;
    this.end = end;
  }

  static boolean isName(String name) {
    return name.matches("\\d{8}-0[0-8]\\d{18}\\.seg") && numberIn(name) > 0;
  }

  static String name(int number, long firstSequence) {
    return "%08d-%020d.seg".formatted(number, firstSequence);
  }

  /** Number in a name. */
  static int numberIn(String name) {
    return Integer.parseInt(name, 0, 8, 10);
  }

  /** First sequence in a name. */
  static long firstSequenceIn(String name) {
    return Long.parseLong(name, 9, 29, 10);
  }

  static int numberOf(long position) {
    return (int) (position >>> OFFSET_BITS);
  }

  static long offsetOf(long position) {
    return position & ((1L << OFFSET_BITS) - 1);
  }

  long positionOf(long offset) {
    return ((long) number() << OFFSET_BITS) | offset;
  }

  String name() {
    return name;
  }

  SegmentHeader header() {
    return header;
  }

  int number() {
    return header.number();
  }

  long firstSequence() {
    return header.firstSequence();
  }

  /** What every block of this segment begins with. */
  long tag() {
    return header.tag();
  }

  boolean isLenient() {
    return lenient;
  }

  /** Bytes that are on disk and may be read. */
  long end() {
    return end;
  }

  /** Lets readers see what is now on disk. */
  void reached(long end) {
    this.end = end;
  }

  /** Whether no block was ever kept here. */
  boolean isEmpty() {
    return end <= SegmentHeader.LENGTH;
  }

  /** Whether what can be read first is a group: then all of it was packed. */
  synchronized boolean isPacked() throws IOException {
    var known = packed;
    if (known == null) {
      try (var walk = walk(SegmentHeader.LENGTH, Walk.MANY)) {
        var place = walk.next(end);
        known = place == null || walk.isGroup(place);
      }
      packed = known;
    }
    return known;
  }

  /** Starts reading at an offset where a block begins. */
  Walk walk(long offset, int ahead) throws IOException {
    return new Walk(this, disk.open(name), offset, ahead);
  }

  /** Starts reading a file that is to take this one's place. */
  Walk walkDraft(String draft, long length) throws IOException {
    return new Walk(this, disk.open(draft), SegmentHeader.LENGTH, Walk.MANY).all(length);
  }

  // Another process may have put another edition in the place of the one that was measured: then no
  // offset noted before holds, and it ends elsewhere.
  private Walk walkExamined(long offset) throws IOException {
    var input = disk.open(name);
    var now = SegmentHeader.read(Headers.start(input));
    if (now == null || now.edition() == header.edition()) {
      return new Walk(this, input, offset, Walk.MANY);
    }
    return new Walk(this, input, SegmentHeader.LENGTH, Walk.MANY).all(input.length());
  }

  /** Starts reading at the first block; null once another file is in this one's place. */
  synchronized @Nullable Walk walkAll() throws IOException {
    if (retired) {
      return null;
    }
    return lenient ? walkExamined(SegmentHeader.LENGTH) : walk(SegmentHeader.LENGTH, Walk.MANY);
  }

  /**
   * Starts reading at a block at or before the one that holds a sequence; null once another file is
   * in this one's place.
   */
  synchronized @Nullable Walk walkNear(long sequence) throws IOException {
    if (retired) {
      return null;
    }
    return lenient ? walkExamined(near(sequence)) : walk(near(sequence), Walk.MANY);
  }

  /** Puts another file in this one's place; who reads this one goes on doing so. */
  synchronized void retire(Swap swap) throws IOException {
    swap.run();
    retired = true;
  }

  /**
   * Offset of a block at or before the one that holds a sequence; -1 once another file is in this
   * one's place.
   */
  synchronized long near(long sequence) throws IOException {
    if (retired) {
      return -1;
    }
    noteUpTo(end);
    return sparse.before(sequence, SegmentHeader.LENGTH);
  }

  /** Where damage was met while notes were taken, since this was last asked. */
  synchronized List<Walk.Damage> takeDamages() {
    var taken = damages;
    damages = List.of();
    return taken;
  }

  // Notes are taken when first asked for: a start costs nothing for old segments, and the writer
  // needs no help.
  private void noteUpTo(long limit) throws IOException {
    if (noted >= limit) {
      return;
    }
    try (var walk = lenient ? walkExamined(noted) : walk(noted, Walk.MANY)) {
      if (walk.isOfAnother()) {
        return;
      }
      for (var place = walk.next(limit); place != null; place = walk.next(limit)) {
        sparse.note(place.firstSequence(), place.offset());
      }
      damages = Stream.concat(damages.stream(), walk.takeDamages().stream()).toList();
    }
    noted = limit;
  }
}
