package mo.farol.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Predicate;

/**
 * Writes a closed segment anew without some of its blocks: beside the old one, forced, then in its
 * place in one step. What could not be read stays as it is, byte for byte.
 */
final class Rewriter {
  /** What a file is called until it is whole. */
  static final String DRAFT = ".new";

  private static final int PIECE = 1 << 20;

  private final Disk disk;
  private final Segments segments;

  Rewriter(Disk disk, Segments segments) {
    this.disk = disk;
    this.segments = segments;
  }

  /** Gives the number of bytes that became free. */
  long rewrite(Segment old, Predicate<EventLog.Block> keep) throws IOException {
    String draft = old.name() + DRAFT;
    long written;
    try (var output = disk.create(draft)) {
      output.append(old.header().bytes());
      written = SegmentHeader.LENGTH + copy(old, keep, output);
      output.force();
    } catch (IOException | RuntimeException e) {
      discard(draft, e);
      throw e;
    }
    var fresh = new Segment(disk, old.header(), written);
    old.retire(
        () -> {
          disk.rename(draft, old.name());
          segments.replace(old, fresh);
        });
    disk.forceNames();
    return old.end() - written;
  }

  private long copy(Segment old, Predicate<EventLog.Block> keep, Disk.Output output)
      throws IOException {
    long end = old.end();
    long at = SegmentHeader.LENGTH;
    long written = 0;
    try (var walk = old.walk(at, Walk.MANY);
        var input = disk.open(old.name())) {
      for (var place = walk.next(end); place != null; place = walk.next(end)) {
        boolean isKept = keep.test(walk.read(place));
        written += copy(input, at, isKept ? place.end() : place.offset(), output);
        at = place.end();
      }
      return written + copy(input, at, end, output);
    }
  }

  private static long copy(Disk.Input input, long from, long to, Disk.Output output)
      throws IOException {
    byte[] piece = new byte[(int) Math.min(PIECE, to - from)];
    for (long at = from; at < to; at += piece.length) {
      int length = (int) Math.min(piece.length, to - at);
      if (input.read(piece, 0, length, at) != length) {
        throw new IOException("a segment ended at " + at + ", before its end");
      }
      output.append(ByteBuffer.wrap(piece, 0, length));
    }
    return to - from;
  }

  private void discard(String draft, Exception cause) {
    try {
      disk.delete(draft);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
