package mo.farol.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows the journal from a sequence on: through its files, at its end through what is still in
 * memory. Damage is stepped over and counted.
 */
final class JournalReader implements EventLog.Reader {
  private final Segments segments;
  private final Progress progress;
  private final Recent recent;
  private long sequence;
  private @Nullable Segment segment;
  private @Nullable Walk walk;

  JournalReader(Segments segments, Progress progress, Recent recent, long fromSequence) {
    this.segments = segments;
    this.progress = progress;
    this.recent = recent;
    this.sequence = fromSequence;
  }

  @Override
  public EventLog.@Nullable Block next(Duration wait) {
    try {
      if (progress.durable() <= sequence) {
        progress.awaitBeyond(sequence, wait.toMillis());
      }
      long durable = progress.durable();
      if (durable <= sequence) {
        return null;
      }
      var block = remembered();
      block = block == null ? step() : block;
      // No block where there should be one: it was damaged, and all that there is was handed out.
      sequence = block == null ? durable : block.nextSequence();
      return block;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (IOException e) {
      close();
      throw new JournalFault("cannot read the journal at event " + sequence + ": " + e, e);
    }
  }

  @Override
  public long reached() {
    return sequence;
  }

  @Override
  public void close() {
    var open = walk;
    walk = null;
    segment = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new JournalFault("cannot close a segment: " + e, e);
      }
    }
  }

  // The walk would go over everything passed by in the meantime: where it is needed again, it
  // begins anew.
  private EventLog.@Nullable Block remembered() {
    var block = recent.holding(sequence);
    if (block != null && segment != null) {
      close();
    }
    return block;
  }

  private EventLog.@Nullable Block step() throws IOException {
    var current = segment;
    if (current == null) {
      current = enterHolding();
      if (current == null) {
        return null;
      }
    }
    while (true) {
      // Before the end is read: a segment that has a successor grows no more.
      var after = segments.after(current);
      var block = within(current, after);
      if (block != null || after == null) {
        return block;
      }
      current = enterAfter(current);
      if (current == null) {
        return null;
      }
    }
  }

  private EventLog.@Nullable Block within(Segment current, @Nullable Segment after)
      throws IOException {
    var open = Objects.requireNonNull(walk);
    long end = current.end();
    try {
      for (var block = open.nextBlock(end, sequence);
          block != null;
          block = open.nextBlock(end, sequence)) {
        if (!isSuperseded(block, after)) {
          return block;
        }
      }
      return null;
    } finally {
      segments.noteDamage(current, current.takeDamages());
      segments.noteDamage(current, open.takeDamages());
    }
  }

  // A segment that was given up may hold frames that were refused and sent again: the next one has
  // the word.
  private static boolean isSuperseded(EventLog.Block block, @Nullable Segment after) {
    return after != null && block.firstSequence() >= after.firstSequence();
  }

  // Both until one opens that was not written anew just then.
  private @Nullable Segment enterHolding() throws IOException {
    for (var next = segments.holding(sequence); next != null; next = segments.holding(sequence)) {
      if (isEntered(next, next.walkNear(sequence))) {
        return next;
      }
    }
    return null;
  }

  private @Nullable Segment enterAfter(Segment current) throws IOException {
    for (var next = segments.after(current); next != null; next = segments.after(current)) {
      if (isEntered(next, next.walkAll())) {
        return next;
      }
    }
    return null;
  }

  private boolean isEntered(Segment next, @Nullable Walk opened) {
    if (opened == null) {
      return false;
    }
    close();
    walk = opened;
    segment = next;
    return true;
  }
}
