package mo.farol.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.event.FrameBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal's one writer: takes all that waits, writes it, syncs once, acknowledges all. */
final class Writer implements AutoCloseable {
  /** An append under way. */
  record Pending(FrameBatch batch, EventLog.Acknowledgement acknowledgement, AtomicLong received) {}

  private static final Logger log = LoggerFactory.getLogger(Writer.class);
  private static final int GROUP_BYTES = 4 << 20;
  private static final int GROUP_BATCHES = 4096;
  private static final long PROBE_MILLIS = 250;

  private final JournalConfig config;
  private final Disk disk;
  private final Segments segments;
  private final AtomicLong pendingBytes;
  private final LinkedBlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
  private final BlockCodec codec = new BlockCodec();
  private final Object progress = new Object();
  private final Thread thread = Thread.ofPlatform().name("journal").unstarted(this::run);
  private final Timer sync;
  private final Counter bytes;
  private final Counter faults;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
  private @Nullable Segment segment;
  private volatile long durable;
  private volatile boolean closing;
  private boolean failing;

  Writer(
      JournalConfig config,
      Disk disk,
      Segments segments,
      long next,
      MeterRegistry metrics,
      AtomicLong pendingBytes) {
    this.config = config;
    this.disk = disk;
    this.segments = segments;
    this.durable = next;
    this.pendingBytes = pendingBytes;
    this.sync = Journal.syncTimer(metrics);
    this.bytes = metrics.counter("farol_journal_written_bytes_total");
    this.faults = metrics.counter("farol_journal_faults_total");
  }

  void start() {
    thread.start();
  }

  void take(Pending pending) {
    if (closing) {
      fail(List.of(pending), new JournalFault("the journal is closed"));
    } else {
      queue.add(pending);
    }
  }

  /** Sequence after the last frame on disk. */
  long durable() {
    return durable;
  }

  /** Waits until more than this is durable, the time is over or the journal closes. */
  void awaitBeyond(long sequence, long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    synchronized (progress) {
      while (durable <= sequence && !closing) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return;
        }
        progress.wait(left);
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      if (thread.isAlive()) {
        thread.join(TimeUnit.SECONDS.toMillis(8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (progress) {
      progress.notifyAll();
    }
  }

  private void run() {
    var group = new ArrayList<Pending>();
    while (gather(group)) {
      write(group);
      group.clear();
    }
  }

  private boolean gather(List<Pending> group) {
    try {
      var first = queue.poll(50, TimeUnit.MILLISECONDS);
      while (first == null) {
        if (closing && queue.isEmpty()) {
          return false;
        }
        first = queue.poll(50, TimeUnit.MILLISECONDS);
      }
      group.add(first);
      long size = first.batch().size();
      for (var next = queue.peek();
          next != null && size < GROUP_BYTES && group.size() < GROUP_BATCHES;
          next = queue.peek()) {
        group.add(queue.remove());
        size += next.batch().size();
      }
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the journal's thread", e);
    }
  }

  private void write(List<Pending> group) {
    long next = durable;
    try {
      var target = target();
      buffer.clear();
      for (var pending : group) {
        reserve(BlockCodec.roomFor(pending.batch()));
        codec.encode(pending.batch(), next, buffer);
        next += pending.batch().count();
      }
      buffer.flip();
      int length = buffer.remaining();
      target.file().append(buffer);
      force(target);
      target.reached(target.end() + length);
      bytes.increment(length);
      failing = false;
    } catch (IOException e) {
      giveUp(group, e);
      return;
    }
    acknowledge(group, next);
  }

  private void force(Segment target) throws IOException {
    long begun = System.nanoTime();
    target.file().force();
    sync.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
  }

  private void acknowledge(List<Pending> group, long next) {
    long first = durable;
    synchronized (progress) {
      durable = next;
      progress.notifyAll();
    }
    for (var pending : group) {
      pendingBytes.addAndGet(-pending.batch().size());
      pending.acknowledgement().durable(first);
      first += pending.batch().count();
    }
  }

  private Segment target() throws IOException {
    var current = segment;
    if (current != null && current.end() < config.segmentBytes()) {
      return current;
    }
    String name = Segment.name(segments.nextNumber(), durable);
    var created = new Segment(name, disk.create(name), 0);
    disk.forceNames();
    segments.add(created);
    segment = created;
    return created;
  }

  private void reserve(int room) {
    if (buffer.remaining() < room) {
      var larger =
          ByteBuffer.allocateDirect(Math.max(buffer.capacity() * 2, buffer.position() + room));
      buffer.flip();
      larger.put(buffer);
      buffer = larger;
    }
  }

  private void giveUp(List<Pending> group, IOException e) {
    faults.increment();
    var fault =
        new JournalFault(
            "cannot write the journal in %s (%s); free space or mend the disk, writing goes on by itself"
                .formatted(config.folder(), e.getMessage()),
            e);
    if (!failing) {
      log.error("{}", fault.getMessage());
    }
    failing = true;
    abandon();
    fail(group, fault);
    try {
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void abandon() {
    var broken = segment;
    segment = null;
    if (broken == null) {
      return;
    }
    try {
      broken.file().truncate(broken.end());
    } catch (IOException e) {
      log.warn("cannot cut {} back to what was durable: {}", broken.name(), e.toString());
    }
  }

  private void fail(List<Pending> group, JournalFault fault) {
    for (var pending : group) {
      pendingBytes.addAndGet(-pending.batch().size());
      pending.received().addAndGet(-pending.batch().count());
      pending.acknowledgement().failed(fault);
    }
  }
}
