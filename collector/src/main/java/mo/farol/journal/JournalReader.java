package mo.farol.journal;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Follows the journal from a sequence on; damage that was set aside is stepped over. */
final class JournalReader implements EventLog.Reader {
  private final Segments segments;
  private final Writer writer;
  private long sequence;
  private @Nullable Segment segment;
  private long offset;

  JournalReader(Segments segments, Writer writer, long fromSequence) {
    this.segments = segments;
    this.writer = writer;
    this.sequence = fromSequence;
  }

  @Override
  public EventLog.@Nullable Block next(Duration wait) {
    try {
      if (writer.durable() <= sequence) {
        writer.awaitBeyond(sequence, wait.toMillis());
      }
      return writer.durable() <= sequence ? null : step();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (IOException e) {
      throw new JournalFault("cannot read the journal at event " + sequence + ": " + e, e);
    }
  }

  @Override
  public void close() {
    segment = null;
  }

  private EventLog.@Nullable Block step() throws IOException {
    while (enter()) {
      var current = java.util.Objects.requireNonNull(segment);
      var place = current.following(offset, current.end());
      if (place == null) {
        if (!leave(current)) {
          return null;
        }
        continue;
      }
      offset = place.end();
      if (place.firstSequence() + place.count() <= sequence || isSuperseded(current, place)) {
        continue;
      }
      var block = segments.read(current, place.offset());
      if (block.isPresent()) {
        sequence = block.get().nextSequence();
        return block.get();
      }
    }
    return null;
  }

  private boolean enter() throws IOException {
    if (segment == null) {
      segment = segments.holding(sequence);
      if (segment == null) {
        return false;
      }
      offset = segment.near(sequence);
    }
    return true;
  }

  // A segment that was given up may hold frames that were refused and sent again: the next one has
  // the word.
  private boolean isSuperseded(Segment current, Segment.Place place) {
    var after = segments.after(current);
    return after != null && place.firstSequence() >= after.firstSequence();
  }

  private boolean leave(Segment current) {
    var after = segments.after(current);
    if (after == null) {
      return false;
    }
    segment = after;
    offset = 0;
    return true;
  }
}
