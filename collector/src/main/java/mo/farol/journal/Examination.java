package mo.farol.journal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes over every block of stored segments as they lie there, also those that a reader would pass
 * over because their sequences were had before. For one thread.
 */
public final class Examination implements AutoCloseable {
  private final Segments segments;
  private final Deque<Segment> left;
  private final long from;
  private @Nullable Segment segment;
  private @Nullable Walk walk;
  private boolean isBegun;

  Examination(Segments segments, List<Segment> found, long from) {
    this.segments = segments;
    this.left = new ArrayDeque<>(found);
    this.from = from;
    var first = segments.holding(from);
    while (!left.isEmpty() && left.peek() != first) {
      left.pop();
    }
  }

  /** The next block, from the one that holds the first sequence on; null at the end. */
  public EventLog.@Nullable Block next() {
    try {
      while (true) {
        var open = walk;
        var current = segment;
        var block = open == null || current == null ? null : next(current, open);
        if (block != null) {
          isBegun = true;
          return block;
        }
        close();
        if (left.isEmpty()) {
          return null;
        }
        segment = left.pop();
        walk = segment.walkAll();
      }
    } catch (IOException e) {
      throw new JournalFault("cannot read the journal: " + e, e);
    }
  }

  private EventLog.@Nullable Block next(Segment current, Walk open) throws IOException {
    var after = segments.after(current);
    long end = current.end();
    long first = isBegun ? Long.MIN_VALUE : from;
    for (var block = open.nextBlock(end, first);
        block != null;
        block = open.nextBlock(end, first)) {
      if (after == null || block.firstSequence() < after.firstSequence()) {
        return block;
      }
    }
    segments.noteDamage(
        current,
        open.takeDamages().stream().filter(damage -> !isSuperseded(damage, after)).toList());
    return null;
  }

  // What could not be cut off after a failed write: nothing that was acknowledged lay there, for
  // the next segment goes on where the last block before it ends.
  private static boolean isSuperseded(Walk.Damage damage, @Nullable Segment after) {
    return after != null && damage.to() == -1 && damage.from() == after.firstSequence();
  }

  @Override
  public void close() {
    var open = walk;
    walk = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new JournalFault("cannot close a segment: " + e, e);
      }
    }
  }
}
