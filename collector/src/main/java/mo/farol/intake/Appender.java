package mo.farol.intake;

import io.micrometer.core.instrument.Counter;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;

/**
 * The one way from a listener to the log: stamps the time of receipt, counts, appends. Any event
 * loop may call.
 */
final class Appender {
  /** Frames at which a batch is full. */
  static final int BATCH_FRAMES = 1_000;

  /** Bytes at which a batch is full. */
  static final int BATCH_BYTES = 256 << 10;

  private final EventLog log;
  private final InstantSource clock;
  private final long pendingBoundBytes;
  private final AtomicLong underWay;
  private final Counts counts;
  private final Counter frames;
  private final Counter dropped;

  /**
   * @param underWay shared by all inputs: batches not yet durable, refused or dropped
   */
  Appender(
      String input,
      EventLog log,
      InstantSource clock,
      long pendingBoundBytes,
      AtomicLong underWay,
      Counts counts) {
    this.log = log;
    this.clock = clock;
    this.pendingBoundBytes = pendingBoundBytes;
    this.underWay = underWay;
    this.counts = counts;
    this.frames = counts.frames(input);
    this.dropped = counts.dropped(input);
  }

  static boolean isFull(FrameBatch.Builder builder) {
    return builder.count() >= BATCH_FRAMES || builder.size() >= BATCH_BYTES;
  }

  /** Whether senders that can wait should: the log has most of what it may hold. */
  boolean isBusy() {
    return log.pendingBytes() > pendingBoundBytes / 4 * 3;
  }

  /** Whether the log has all that it may hold: what can't wait is dropped or refused. */
  boolean isOverBound() {
    return log.pendingBytes() > pendingBoundBytes;
  }

  /** Makes a batch of what was collected, received now. */
  FrameBatch batch(FrameBatch.Builder builder, Origin origin) {
    return builder.build(origin, Micros.of(clock.instant()));
  }

  /** Counts a batch that has arrived. */
  void count(FrameBatch batch) {
    frames.increment(batch.count());
    counts.marks(batch);
  }

  /** Batches more, or less, that wait to be appended: close-down waits for them too. */
  void hold(int batches) {
    underWay.addAndGet(batches);
  }

  /** Appends a batch; the answer comes on the log's thread. */
  void append(FrameBatch batch, EventLog.Acknowledgement acknowledgement) {
    underWay.incrementAndGet();
    log.append(batch, new Settling(acknowledgement));
  }

  /** Counts frames that arrived and are not kept. */
  void drop(int count) {
    dropped.increment(count);
  }

  private final class Settling implements EventLog.Acknowledgement {
    private final EventLog.Acknowledgement then;

    Settling(EventLog.Acknowledgement then) {
      this.then = then;
    }

    @Override
    public void durable(long firstSequence) {
      underWay.decrementAndGet();
      then.durable(firstSequence);
    }

    @Override
    public void failed(JournalFault fault) {
      then.failed(fault); // first, for it may keep the batch
      underWay.decrementAndGet();
    }
  }
}
