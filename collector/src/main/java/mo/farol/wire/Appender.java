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

  private final String input;
  private final EventLog log;
  private final InstantSource clock;
  private final long pendingBoundBytes;
  private final AtomicLong underWay;
  private final Shares shares;
  private final Doubts doubts;
  private final Counts counts;
  private final Counter frames;

  /**
   * @param underWay shared by all inputs: batches not yet durable, refused or dropped
   */
  public Appender(
      String input,
      EventLog log,
      InstantSource clock,
      long pendingBoundBytes,
      AtomicLong underWay,
      Shares shares,
      Doubts doubts,
      Counts counts) {
    this.input = input;
    this.log = log;
    this.clock = clock;
    this.pendingBoundBytes = pendingBoundBytes;
    this.underWay = underWay;
    this.shares = shares;
    this.doubts = doubts;
    this.counts = counts;
    this.frames = counts.frames(input);
  }

  public static boolean isFull(FrameBatch.Builder builder) {
    return builder.count() >= BATCH_FRAMES || builder.size() >= BATCH_BYTES;
  }

  /**
   * Whether a sender that can wait should: it is over its quota, its agency has its share under
   * way, or the log has most of what it may hold.
   */
  public boolean isBusy(Origin origin) {
    return isOverQuota(origin)
        || shares.isOverShare(origin)
        || log.pendingBytes() > pendingBoundBytes / 4 * 3;
  }

  /**
   * Whether what can't wait is to be dropped or refused: the log has most of what it may hold, and
   * of an agency with next to nothing under way all that it may hold.
   */
  public boolean isOverBound(Origin origin) {
    long bound = shares.isModest(origin) ? pendingBoundBytes : pendingBoundBytes / 8 * 7;
    return log.pendingBytes() > bound;
  }

  /** Whether nothing can be kept now, as on a full disk. */
  public boolean isFailing() {
    return log.isFailing();
  }

  /** Whether a sender has sent more than its agency's or its own quota. */
  public boolean isOverQuota(Origin origin) {
    return shares.waitNanos(origin) > 0;
  }

  /** Seconds after which a sender over its quota may come again, at least 1. */
  public long waitSeconds(Origin origin) {
    return 1 + shares.waitNanos(origin) / 1_000_000_000L;
  }

  /** Makes a batch of what was collected, received now. */
  public FrameBatch batch(FrameBatch.Builder builder, Origin origin) {
    return builder.build(origin, Micros.of(clock.instant()));
  }

  /** Counts a batch that has arrived, and charges it to its sender. */
  public void count(FrameBatch batch) {
    shares.charge(batch);
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
    shares.sent(batch);
    var marked = doubts.marked(batch);
    log.append(marked, new Settling(batch, marked, acknowledgement));
  }

  /** These frames are kept, or will be, and their sender may not know. */
  void doubt(FrameBatch batch) {
    doubts.doubt(batch);
  }

  /** These frames were not kept after all. */
  void relieve(FrameBatch batch) {
    doubts.relieve(batch);
  }

  /** Counts frames that arrived from a sender and are not kept. */
  public void drop(Origin origin, int count) {
    counts.drops().add(input, origin.agency(), count);
  }

  private final class Settling implements EventLog.Acknowledgement {
    private final FrameBatch batch;
    private final FrameBatch marked;
    private final EventLog.Acknowledgement then;

    Settling(FrameBatch batch, FrameBatch marked, EventLog.Acknowledgement then) {
      this.batch = batch;
      this.marked = marked;
      this.then = then;
    }

    @Override
    public void durable(long firstSequence) {
      underWay.decrementAndGet();
      shares.settled(batch);
      then.durable(firstSequence);
    }

    @Override
    public void failed(JournalFault fault) {
      shares.settled(batch);
      if (marked != batch) {
        doubts.doubtMarked(marked);
      }
      then.failed(fault); // first, for it may keep the batch
      underWay.decrementAndGet();
    }
  }
}
