package mo.farol.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.event.FrameBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal's one writer: takes all that waits, writes it, syncs once, acknowledges all. */
final class Writer {
  private static final Logger log = LoggerFactory.getLogger(Writer.class);
  private static final int GROUP_BYTES = 4 << 20;
  private static final int BUFFER_BYTES = 256 << 10;
  private static final int BATCH_COST = 256;
  private static final int FRAME_COST = 6;
  private static final long PROBE_LIMIT_MILLIS = 2_000;
  private static final long CLOSE_MILLIS = 8_000;

  private final JournalConfig config;
  private final Tail tail;
  private final Progress progress;
  private final Recent recent;
  private final List<EventLog.Block> written = new ArrayList<>();
  private final Turns turns = new Turns();
  private final AtomicLong pendingBytes = new AtomicLong();
  private final AtomicLong received;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final BlockCodec codec = new BlockCodec();
  private final Thread thread = Thread.ofPlatform().name("journal").unstarted(this::run);
  private final Timer sync;
  private final Counter bytes;
  private final Counter faults;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final long probeMillis;
  private long pause;
  private volatile @Nullable JournalFault fault;
  private volatile boolean ended;

  Writer(
      JournalConfig config,
      Tail tail,
      Progress progress,
      Recent recent,
      long probeMillis,
      MeterRegistry metrics) {
    this.config = config;
    this.tail = tail;
    this.progress = progress;
    this.recent = recent;
    this.probeMillis = probeMillis;
    this.pause = probeMillis;
    this.received = new AtomicLong(progress.durable());
    this.sync = Timer.builder("farol_journal_sync_seconds").register(metrics);
    this.bytes = metrics.counter("farol_journal_written_bytes_total");
    this.faults = metrics.counter("farol_journal_faults_total");
  }

  void start() {
    thread.start();
  }

  /** Queues a batch; the answer comes on this writer's thread, or at once while it can't write. */
  void take(FrameBatch batch, EventLog.Acknowledgement acknowledgement) {
    var pending = new Turns.Append(batch, acknowledgement);
    pendingBytes.addAndGet(cost(batch));
    received.addAndGet(batch.count());
    var known = fault;
    if (known != null) {
      fail(pending, known);
      return;
    }
    turns.add(pending);
    if (ended) {
      failWaiting(closed());
    }
  }

  /** Why nothing can be written now. */
  Optional<JournalFault> fault() {
    return Optional.ofNullable(fault);
  }

  /** Memory that waiting batches hold, in bytes. */
  long pendingBytes() {
    return pendingBytes.get();
  }

  /** Sequence after the last frame taken, durable or not. */
  long received() {
    return received.get();
  }

  /** Before the start: counts on from here. */
  void advanceTo(long sequence) {
    progress.reached(Math.max(progress.durable(), sequence));
    received.set(progress.durable());
  }

  /** Writes what waits and ends; false where a disk that hangs kept it from ending in time. */
  boolean close() {
    closing.countDown();
    turns.stop();
    try {
      if (thread.isAlive()) {
        thread.join(CLOSE_MILLIS);
      } else {
        end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    progress.close();
    return ended;
  }

  private void run() {
    try {
      var group = new ArrayList<Turns.Append>();
      while (fault == null ? turns.take(GROUP_BYTES, group) : mend()) {
        write(group);
        group.clear();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the journal's thread", e);
    } finally {
      end();
    }
  }

  private void end() {
    boolean isFirst = !ended;
    ended = true;
    failWaiting(closed());
    if (isFirst) {
      tail.close();
      codec.close();
    }
  }

  private void write(List<Turns.Append> group) {
    if (group.isEmpty()) {
      return;
    }
    long next = progress.durable();
    try {
      var target = tail.ready(next);
      for (var pending : group) {
        next = encode(pending.batch(), next, target);
      }
      buffer.flip();
      long begun = System.nanoTime();
      tail.write(target, buffer);
      sync.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
      bytes.increment(buffer.limit());
      written.forEach(recent::add);
      recovered();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      giveUp(group, e);
      return;
    } finally {
      written.clear();
      recycle();
    }
    acknowledge(group, next);
  }

  // Reading one event back unpacks a block, so what came together is several where it is long.
  private long encode(FrameBatch batch, long next, Segment target) {
    for (int from = 0; from < batch.count(); ) {
      var piece = BlockCodec.piece(batch, from);
      reserve(piece);
      long position = target.positionOf(target.end() + buffer.position());
      int joined = Math.toIntExact(next + from - progress.durable());
      var salt = codec.encode(piece, next + from, joined, target.tag(), buffer);
      written.add(new EventLog.Block(next + from, position, piece, salt));
      from += piece.count();
    }
    return next + batch.count();
  }

  private void acknowledge(List<Turns.Append> group, long next) {
    long first = progress.durable();
    progress.reached(next);
    for (var pending : group) {
      release(pending);
      try {
        pending.acknowledgement().durable(first);
      } catch (RuntimeException e) {
        log.error("an input could not take its acknowledgement", e);
      }
      first += pending.batch().count();
    }
  }

  private void giveUp(List<Turns.Append> group, Throwable cause) {
    var failed =
        new JournalFault(
            "cannot write the journal in %s (%s); free space or mend the disk, writing goes on by itself"
                .formatted(config.folder(), cause),
            cause);
    if (pause == probeMillis) {
      log.error("{}", failed.getMessage());
    }
    faults.increment();
    fault = failed;
    tail.giveUp();
    group.forEach(pending -> fail(pending, failed));
  }

  private void recovered() {
    if (pause != probeMillis) {
      log.info("the journal in {} is being written again", config.folder());
      pause = probeMillis;
    }
  }

  // Waits, then tries whether the disk takes a new segment. False when closing.
  private boolean mend() throws InterruptedException {
    var known = fault;
    failWaiting(known == null ? closed() : known);
    if (closing.await(pause, TimeUnit.MILLISECONDS)) {
      return false;
    }
    pause = Math.min(pause * 2, PROBE_LIMIT_MILLIS);
    try {
      tail.ready(progress.durable());
      fault = null;
    } catch (IOException | RuntimeException e) {
      log.debug("the journal in {} still can't be written: {}", config.folder(), e.toString());
    }
    return true;
  }

  private void failWaiting(JournalFault why) {
    turns.drain().forEach(pending -> fail(pending, why));
  }

  private void fail(Turns.Append pending, JournalFault why) {
    release(pending);
    received.addAndGet(-pending.batch().count());
    try {
      pending.acknowledgement().failed(why);
    } catch (RuntimeException e) {
      log.error("an input could not take its refusal", e);
    }
  }

  private void release(Turns.Append pending) {
    pendingBytes.addAndGet(-cost(pending.batch()));
  }

  // Many small frames hold more than their bytes, and a frame may be empty.
  private static long cost(FrameBatch batch) {
    return batch.size() + BATCH_COST + (long) FRAME_COST * batch.count();
  }

  private void reserve(FrameBatch batch) {
    long room = BlockCodec.roomFor(batch);
    if (buffer.remaining() < room) {
      var larger =
          ByteBuffer.allocateDirect(
              (int) Math.max(buffer.capacity() * 2L, buffer.position() + room));
      larger.put(buffer.flip());
      buffer = larger;
    }
  }

  private void recycle() {
    if (buffer.capacity() > 4 * GROUP_BYTES) {
      buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    }
    buffer.clear();
  }

  private static JournalFault closed() {
    return new JournalFault("the journal is closed");
  }
}
