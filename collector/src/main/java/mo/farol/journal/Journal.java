package mo.farol.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded {@link EventLog}: segments in a folder, one writer thread, group commit.
 * Acknowledged means that {@code fdatasync} returned. After a failed write or sync the segment is
 * given up and a new one begun once the disk takes one: a failed sync is never tried again on the
 * same file, for the kernel may have dropped the pages. A refused append is cut off again where the
 * disk allows; after a crash in that very moment it may come back, as any unanswered one may.
 */
public final class Journal implements EventLog {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final long PROBE_MILLIS = 100;
  private static final long RECENT_BYTES = 16 << 20;

  private final Disk disk;
  private final Segments segments;
  private final Progress progress;
  private final Recent recent = new Recent(RECENT_BYTES);
  private final Writer writer;
  private final List<Quarantined> quarantined;
  private final long pendingLimit;
  private final long reserve;
  private final Counter refused;

  private Journal(
      JournalConfig config, Disk disk, Recovery recovery, long probeMillis, MeterRegistry metrics)
      throws IOException {
    this.disk = disk;
    this.segments = recovery.segments();
    this.progress = new Progress(recovery.nextSequence());
    this.writer =
        new Writer(
            config, new Tail(config, disk, segments), progress, recent, probeMillis, metrics);
    this.quarantined = Quarantined.whole(disk.quarantined());
    this.pendingLimit = config.pendingBytes();
    this.reserve = config.reserveBytes();
    this.refused = metrics.counter("farol_journal_refused_total");
    metrics.gauge("farol_journal_writable", writer, w -> w.fault().isPresent() ? 0 : 1);
    metrics.gauge("farol_journal_pending_bytes", writer, Writer::pendingBytes);
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
    return open(config, FolderDisk.open(config.folder()), PROBE_MILLIS, metrics);
  }

  static Journal open(JournalConfig config, Disk disk, long probeMillis, MeterRegistry metrics) {
    try {
      return new Journal(config, disk, new Recovery(disk), probeMillis, metrics);
    } catch (IOException e) {
      var fault = new JournalFault("cannot read the journal " + config.folder() + ": " + e, e);
      try {
        disk.close();
      } catch (IOException more) {
        fault.addSuppressed(more);
      }
      throw fault;
    }
  }

  /**
   * Before the start: gives no sequence below this one. What views have seen bears witness where
   * the journal's own end was lost.
   */
  public void advanceTo(long sequence) {
    writer.advanceTo(sequence);
  }

  /** Starts the writer. */
  public Journal start() {
    writer.start();
    return this;
  }

  /**
   * Damage set aside at this start or before, for as long as it lies in the quarantine folder, in
   * order.
   */
  public List<Quarantined> quarantined() {
    return quarantined.stream()
        .map(piece -> piece.endingBy(segments.endOf(piece.segmentNumber(), durable())))
        .toList();
  }

  /**
   * Damage to older segments that readers met since the start: it stays where it is and is stepped
   * over.
   */
  public List<Damaged> damaged() {
    return segments.damages();
  }

  /** Why nothing can be written now; empty while it can. */
  public Optional<JournalFault> fault() {
    return writer.fault();
  }

  /** A segment that is written to no more: sequences from the first to before the end. */
  public record Closed(int number, long firstSequence, long endSequence) {}

  /** Every segment but the newest, in order. */
  public List<Closed> closed() {
    var closed = new ArrayList<Closed>();
    var list = segments.list();
    for (int i = 0; i + 1 < list.size(); i++) {
      var segment = list.get(i);
      closed.add(
          new Closed(segment.number(), segment.firstSequence(), list.get(i + 1).firstSequence()));
    }
    return closed;
  }

  /**
   * Takes blocks or parts of them out of a closed segment for good, and packs what is left in
   * groups. A crash leaves either the old file or the new one. For one thread at a time.
   *
   * @return bytes that became free
   */
  public long rewrite(Closed segment, Remains remains) {
    var old = closed(segment);
    try {
      return new Rewriter(disk, segments, Group.LEVEL).rewrite(old, remains);
    } catch (IOException e) {
      throw new JournalFault("cannot write " + old.name() + " anew: " + e + "; it is as it was", e);
    } finally {
      recent.forgetBefore(segment.endSequence());
    }
  }

  /** Whether a closed segment is packed in groups; if not, {@link #rewrite} does that. */
  public boolean isPacked(Closed segment) {
    var found = closed(segment);
    try {
      return found.isPacked();
    } catch (IOException e) {
      throw new JournalFault("cannot read " + found.name() + ": " + e, e);
    }
  }

  /** Whether a copy of a closed segment fits the disk and leaves the reserve free. */
  public boolean hasRoomToPack(Closed segment) {
    try {
      return disk.usableBytes() - closed(segment).end() > reserve;
    } catch (IOException e) {
      throw new JournalFault("cannot tell how much of the disk is free: " + e, e);
    }
  }

  private Segment closed(Closed segment) {
    var found = segments.numbered(segment.number());
    if (found == null || segments.after(found) == null) {
      throw new IllegalStateException("segment " + segment.number() + " is not closed");
    }
    return found;
  }

  @Override
  public void append(FrameBatch batch, Acknowledgement acknowledgement) {
    if (batch.count() == 0) {
      throw new IllegalArgumentException("a batch holds at least one frame");
    }
    if (!BlockCodec.fits(batch)) {
      refuse(batch, acknowledgement, "a batch of %d bytes is too large".formatted(batch.size()));
    } else if (writer.pendingBytes() > pendingLimit) {
      refuse(batch, acknowledgement, "the journal is busy: try again");
    } else {
      writer.take(batch, acknowledgement);
    }
  }

  @Override
  public long pendingBytes() {
    return writer.pendingBytes();
  }

  @Override
  public boolean isFailing() {
    return writer.fault().isPresent();
  }

  @Override
  public long received() {
    return Math.max(writer.received(), progress.durable());
  }

  @Override
  public long durable() {
    return progress.durable();
  }

  /**
   * When the last frame that can be read was received, however much of the journal's end is lost;
   * empty where none can be.
   */
  public Optional<Instant> lastReceivedAt() {
    for (var segment : segments.list().reversed()) {
      try {
        var last = segments.last(segment);
        if (last != null) {
          return Optional.of(Micros.toInstant(last.frames().receivedAtMicros()));
        }
      } catch (IOException | JournalFault e) {
        LOG.warn("cannot read {}: {}", segment.name(), e.toString());
      }
    }
    return Optional.empty();
  }

  @Override
  public Reader read(long fromSequence) {
    return new JournalReader(segments, progress, recent, fromSequence);
  }

  @Override
  public Optional<Block> holding(long sequence) {
    return holding(sequence, -1);
  }

  @Override
  public Optional<Block> holding(long sequence, long position) {
    if (sequence < 0 || sequence >= durable()) {
      return Optional.empty();
    }
    return lately(sequence).or(() -> segments.find(sequence, position));
  }

  @Override
  public Optional<Block> lately(long sequence) {
    return Optional.ofNullable(recent.holding(sequence));
  }

  @Override
  public void close() {
    if (!writer.close()) {
      throw new JournalFault("the journal's disk hangs; its lock is kept until the process ends");
    }
    try {
      disk.close();
    } catch (IOException e) {
      throw new JournalFault("cannot close the journal: " + e, e);
    }
  }

  private void refuse(FrameBatch batch, Acknowledgement acknowledgement, String why) {
    refused.increment(batch.count());
    acknowledgement.failed(new JournalFault(why));
  }
}
