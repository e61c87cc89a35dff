package mo.farol.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.event.FrameBatch;

/**
 * The embedded {@link EventLog}: segments in a folder, one writer thread, group commit.
 * Acknowledged means that {@code fdatasync} returned. After a failed write or sync the segment is
 * given up and a new one begun once the disk takes one: a failed sync is never tried again on the
 * same file, for the kernel may have dropped the pages.
 */
public final class Journal implements EventLog {
  private final Segments segments;
  private final Writer writer;
  private final List<Quarantined> quarantined;
  private final long pendingLimit;
  private final AtomicLong pendingBytes = new AtomicLong();
  private final AtomicLong received;
  private final Counter refused;

  private Journal(
      JournalConfig config,
      Disk disk,
      Segments segments,
      Recovery recovery,
      MeterRegistry metrics) {
    this.segments = segments;
    this.quarantined = recovery.quarantined();
    this.pendingLimit = config.pendingBytes();
    long next =
        Math.max(recovery.nextSequence(), segments.last().map(Segment::firstSequence).orElse(0L));
    this.received = new AtomicLong(next);
    this.refused = metrics.counter("farol_journal_refused_total");
    this.writer = new Writer(config, disk, segments, next, metrics, pendingBytes);
    metrics.gauge("farol_journal_pending_bytes", pendingBytes);
    metrics.gauge("farol_journal_quarantined_blocks", quarantined, List::size);
    metrics.gauge("farol_journal_damaged_blocks", segments, Segments::damaged);
    metrics
        .counter("farol_journal_trimmed_bytes_total")
        .increment((double) recovery.trimmedBytes());
  }

  /**
   * Opens the journal, repairing what the last stop tore.
   *
   * @throws JournalFault when the folder can't be used or another process holds it
   */
  public static Journal open(JournalConfig config, MeterRegistry metrics) {
    return open(config, FolderDisk.open(config.folder()), metrics);
  }

  static Journal open(JournalConfig config, Disk disk, MeterRegistry metrics) {
    try {
      var recovery = new Recovery(disk);
      var segments = Segments.open(disk, recovery);
      return new Journal(config, disk, segments, recovery, metrics);
    } catch (IOException e) {
      throw new JournalFault("cannot read the journal " + config.folder() + ": " + e, e);
    }
  }

  /** Starts the writer. */
  public Journal start() {
    writer.start();
    return this;
  }

  /** Damage found at the last start and set aside. */
  public List<Quarantined> quarantined() {
    return quarantined;
  }

  @Override
  public void append(FrameBatch batch, Acknowledgement acknowledgement) {
    if (batch.count() == 0) {
      throw new IllegalArgumentException("a batch holds at least one frame");
    }
    if (pendingBytes.get() > pendingLimit) {
      refused.increment(batch.count());
      acknowledgement.failed(new JournalFault("the journal is busy: try again"));
      return;
    }
    pendingBytes.addAndGet(batch.size());
    received.addAndGet(batch.count());
    writer.take(new Writer.Pending(batch, acknowledgement, received));
  }

  @Override
  public long pendingBytes() {
    return pendingBytes.get();
  }

  @Override
  public long received() {
    return Math.max(received.get(), durable());
  }

  @Override
  public long durable() {
    return writer.durable();
  }

  @Override
  public Reader read(long fromSequence) {
    return new JournalReader(segments, writer, fromSequence);
  }

  @Override
  public Optional<Block> at(long position) {
    return segments.at(position);
  }

  @Override
  public Optional<Block> holding(long sequence) {
    return sequence < 0 || sequence >= durable() ? Optional.empty() : segments.find(sequence);
  }

  @Override
  public void close() {
    writer.close();
    try {
      segments.close();
    } catch (IOException e) {
      throw new JournalFault("cannot close the journal: " + e, e);
    }
  }

  /** Makes the timer of syncs; kept here so that every metric of the room stands in one file. */
  static Timer syncTimer(MeterRegistry metrics) {
    return Timer.builder("farol_journal_sync_seconds")
        .publishPercentiles(0.5, 0.99)
        .distributionStatisticExpiry(Duration.ofMinutes(1))
        .register(metrics);
  }
}
