package mo.farol.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the journal is being written: the newest segment. Belongs to the writer. */
final class Tail {
  private static final Logger log = LoggerFactory.getLogger(Tail.class);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final JournalConfig config;
  private final Disk disk;
  private final Segments segments;
  private final SecureRandom random = new SecureRandom();
  private long written;
  private long lookAgainAt;
  private long lookedAt = System.nanoTime() - LOOK_NANOS;
  private @Nullable Segment segment;
  private Disk.@Nullable Output output;

  Tail(JournalConfig config, Disk disk, Segments segments) {
    this.config = config;
    this.disk = disk;
    this.segments = segments;
  }

  /**
   * Makes sure that there is a segment to write to and returns it.
   *
   * @throws IOException also where no more than the reserve is free
   */
  Segment ready(long nextSequence) throws IOException {
    keepReserve();
    var current = segment;
    if (current != null && current.end() < config.segmentBytes()) {
      return current;
    }
    close();
    return begin(new SegmentHeader(segments.nextNumber(), nextSequence, random.nextLong(), 0));
  }

  /** Writes blocks to the segment that is ready; returns once they are on the disk. */
  void write(Segment target, ByteBuffer blocks) throws IOException {
    var file = output;
    if (file == null) {
      throw new IllegalStateException("write before ready");
    }
    file.append(blocks);
    file.force();
    written += blocks.limit();
    target.reached(target.end() + blocks.limit());
  }

  /**
   * Gives the segment up after a failed write or sync: never written or synced again, cut back to
   * what was durable, removed if nothing was.
   */
  void giveUp() {
    var broken = segment;
    close();
    if (broken == null) {
      return;
    }
    try {
      if (broken.isEmpty()) {
        segments.remove(broken);
        disk.delete(broken.name());
      } else {
        disk.truncate(broken.name(), broken.end());
      }
    } catch (IOException e) {
      log.warn("cannot cut {} back to what was durable: {}", broken.name(), e.toString());
    }
  }

  void close() {
    var file = output;
    output = null;
    segment = null;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        log.warn("cannot close a segment of {}: {}", config.folder(), e.toString());
      }
    }
  }

  // What others write in the meantime is seen a little late, so the reserve is no exact figure.
  private void keepReserve() throws IOException {
    if (config.reserveBytes() == 0
        || written < lookAgainAt && System.nanoTime() - lookedAt < LOOK_NANOS) {
      return;
    }
    lookedAt = System.nanoTime();
    lookAgainAt = written + config.reserveBytes() / 8;
    long free = disk.usableBytes();
    if (free < config.reserveBytes()) {
      lookAgainAt = 0; // while it is so, nothing is written before it was looked at again
      throw new IOException(
          "%d MiB are free, and a reserve of %d MiB is kept for index and ledger"
              .formatted(free >> 20, config.reserveBytes() >> 20));
    }
  }

  private Segment begin(SegmentHeader header) throws IOException {
    var created = new Segment(disk, header, SegmentHeader.LENGTH);
    var file = disk.create(created.name());
    output = file;
    try {
      file.append(header.bytes());
      file.force();
      disk.forceNames();
    } catch (IOException e) {
      close();
      discard(created.name(), e);
      throw e;
    }
    segments.add(created);
    segment = created;
    return created;
  }

  private void discard(String name, IOException cause) {
    try {
      disk.delete(name);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
