package mo.farol.store;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import mo.farol.event.EventBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events of one batch that belong to one day, in order. */
final class DayRun {
  private static final Logger LOG = LoggerFactory.getLogger(DayRun.class);
  private static final int CHUNK = 1024;

  private final Shard shard;
  private final EventBatch batch;
  private final Counter leftOut;
  private int[] events = new int[16];
  private int count;

  /**
   * @param leftOut counts events that the index refuses
   */
  DayRun(Shard shard, EventBatch batch, Counter leftOut) {
    this.shard = shard;
    this.batch = batch;
    this.leftOut = leftOut;
  }

  Shard shard() {
    return shard;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Takes an event of the batch, unless the day already has it. */
  void take(int event) {
    if (batch.sequence(event) < shard.skipBelow()) {
      return;
    }
    if (count == events.length) {
      events = Arrays.copyOf(events, count * 2);
    }
    events[count++] = event;
  }

  /** Writes the events; gives the number written. */
  int addTo(Pens pens, Instant now) throws IOException {
    for (int k = 0; k < count; k++) {
      shard.cover(batch.occurredAtMicros(events[k]), batch.sequence(events[k]));
    }
    shard.open(now);
    int written = pens.write(batch, count, this::add);
    shard.completeTo(batch.nextSequence());
    return written;
  }

  private int add(EventDocument document, int first, int last) throws IOException {
    int written = 0;
    for (int from = first; from < last; from += CHUNK) {
      written += addChunk(document, from, Math.min(from + CHUNK, last));
    }
    return written;
  }

  private int addChunk(EventDocument document, int first, int last) throws IOException {
    try {
      Iterable<EventDocument> documents = () -> documents(document, first, last);
      shard.add(documents);
      return last - first;
    } catch (RuntimeException e) {
      if (!shard.isSound()) {
        throw new IOException("the index writer is closed", e);
      }
      return leaveOut(document, first, last, e);
    }
  }

  // Lucene takes a chunk whole or not at all, so its parts can be tried again.
  private int leaveOut(EventDocument document, int first, int last, RuntimeException why)
      throws IOException {
    if (last - first == 1) {
      LOG.error("event {} is not searchable: {}", batch.sequence(events[first]), why.toString());
      leftOut.increment();
      return 0;
    }
    int middle = (first + last) >>> 1;
    return addChunk(document, first, middle) + addChunk(document, middle, last);
  }

  /** The document is filled when it is asked for, and not before. */
  private Iterator<EventDocument> documents(EventDocument document, int first, int last) {
    return new Iterator<>() {
      private int at = first;

      @Override
      public boolean hasNext() {
        return at < last;
      }

      @Override
      public EventDocument next() {
        if (at == last) {
          throw new NoSuchElementException();
        }
        return document.fill(batch, events[at++]);
      }
    };
  }
}
