package mo.farol.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a closed segment anew: its blocks packed in groups, without what is not to be kept. The
 * draft lies beside the old file, is forced, read back and compared, then put in its place in one
 * step. What could not be read, and what the next segment supersedes, stays as it is, byte for
 * byte.
 */
final class Rewriter {
  /** What a file is called until it is whole. */
  static final String DRAFT = ".new";

  private static final int PIECE = 1 << 20;

  private final Disk disk;
  private final Segments segments;
  private final int level;

  Rewriter(Disk disk, Segments segments, int level) {
    this.disk = disk;
    this.segments = segments;
    this.level = level;
  }

  /** Gives the number of bytes that became free; less than none where packing needs more. */
  long rewrite(Segment old, Remains remains) throws IOException {
    String draft = old.name() + DRAFT;
    long written;
    try (var output = disk.create(draft);
        var copy = new Copy(old, remains, output)) {
      written = copy.run();
      output.force();
      compare(old, draft, written, copy.written);
    } catch (IOException | RuntimeException e) {
      discard(draft, e);
      throw e;
    }
    var fresh = new Segment(disk, old.header().next(), written);
    old.retire(
        () -> {
          disk.rename(draft, old.name());
          segments.replace(old, fresh);
        });
    disk.forceNames();
    return old.end() - written;
  }

  // The old file goes only when the new one gives back what was meant to be in it.
  private void compare(Segment old, String draft, long length, Contents meant) throws IOException {
    var found = new Contents();
    try (var walk = old.walkDraft(draft, length)) {
      for (var block = walk.nextBlock(length, Long.MIN_VALUE);
          block != null;
          block = walk.nextBlock(length, Long.MIN_VALUE)) {
        found.add(block);
      }
    }
    if (!found.isAs(meant)) {
      throw new IOException("what was written does not read back as it was");
    }
  }

  /** One pass over the old file. */
  private final class Copy implements AutoCloseable {
    private final Segment old;
    private final Remains remains;
    private final Disk.Output output;
    private final @Nullable Segment after;
    private final Group group = new Group(level);
    private final Contents written = new Contents();
    private long length;

    Copy(Segment old, Remains remains, Disk.Output output) {
      this.old = old;
      this.remains = remains;
      this.output = output;
      this.after = segments.after(old);
    }

    long run() throws IOException {
      append(old.header().next().bytes());
      long end = old.end();
      long at = SegmentHeader.LENGTH;
      try (var walk = old.walk(at, Walk.MANY);
          var input = disk.open(old.name())) {
        for (var place = walk.next(end); place != null; place = walk.next(end)) {
          copy(input, at, place.offset());
          take(place, walk, input);
          at = place.end();
        }
        copy(input, at, end);
      }
      flush();
      return length;
    }

    private void take(Walk.Place place, Walk walk, Disk.Input input) throws IOException {
      boolean isGroup = walk.isGroup(place);
      var blocks = walk.read(place);
      var left = blocks.stream().flatMap(block -> left(block).stream()).toList();
      if (isSuperseded(place.firstSequence()) || isGroup && left.equals(blocks)) {
        copy(input, place.offset(), place.end());
        left.forEach(written::add);
        return;
      }
      for (var block : left) {
        if (group.isFullWith(block)) {
          flush();
        }
        group.add(block);
        written.add(block);
      }
    }

    private List<EventLog.Block> left(EventLog.Block block) {
      return isSuperseded(block.firstSequence()) ? List.of(block) : remains.of(block);
    }

    private boolean isSuperseded(long firstSequence) {
      return after != null && firstSequence >= after.firstSequence();
    }

    private void copy(Disk.Input input, long from, long to) throws IOException {
      if (from == to) {
        return;
      }
      flush();
      long begin = Math.clamp(old.header().blind(), from, to);
      copyBlind(input, from, (int) (begin - from));
      byte[] piece = new byte[(int) Math.min(PIECE, to - begin)];
      for (long at = begin; at < to; at += piece.length) {
        int count = (int) Math.min(piece.length, to - at);
        if (input.read(piece, 0, count, at) != count) {
          throw new IOException("a segment ended at " + at + ", before its end");
        }
        append(ByteBuffer.wrap(piece, 0, count));
      }
    }

    // What the disk did not give when it was asked first; it may since.
    private void copyBlind(Disk.Input input, long from, int length) throws IOException {
      byte[] bytes = new byte[length];
      try {
        input.read(bytes, 0, length, from);
      } catch (IOException e) {
        Arrays.fill(bytes, (byte) 0);
      }
      append(ByteBuffer.wrap(bytes));
    }

    private void flush() throws IOException {
      if (!group.isEmpty()) {
        append(group.take(old.tag()));
      }
    }

    private void append(ByteBuffer bytes) throws IOException {
      length += bytes.remaining();
      output.append(bytes);
    }

    @Override
    public void close() {
      group.close();
    }
  }

  private void discard(String draft, Exception cause) {
    try {
      disk.delete(draft);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
