package mo.farol.wire;

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
public final class Appender {
  /** Frames at which a batch is full. */
  public static final int BATCH_FRAMES = 1_000;

  /** Bytes at which a batch is full. */
  public static final int BATCH_BYTES = 256 << 10;

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
  public Appender(
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

  public static boolean isFull(FrameBatch.Builder builder) {
    return builder.count() >= BATCH_FRAMES || builder.size() >= BATCH_BYTES;
  }

  /** Whether senders that can wait should: the log has most of what it may hold. */
  public boolean isBusy() {
    return log.pendingBytes() > pendingBoundBytes / 4 * 3;
  }

  /** Whether the log has all that it may hold: what can't wait is dropped or refused. */
  public boolean isOverBound() {
    return log.pendingBytes() > pendingBoundBytes;
  }

  /** Makes a batch of what was collected, received now. */
  public FrameBatch batch(FrameBatch.Builder builder, Origin origin) {
    return builder.build(origin, Micros.of(clock.instant()));
  }

  /** Counts a batch that has arrived. */
  public void count(FrameBatch batch) {
    frames.increment(batch.count());
    counts.marks(batch);
  }

  /** Batches more, or less, that wait to be appended: close-down waits for them too. */
  public void hold(int batches) {
    underWay.addAndGet(batches);
  }

  /** Appends a batch; the answer comes on the log's thread. */
  public void append(FrameBatch batch, EventLog.Acknowledgement acknowledgement) {
    underWay.incrementAndGet();
    log.append(batch, new Settling(acknowledgement));
  }

  /** Counts frames that arrived and are not kept. */
  public void drop(int count) {
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
