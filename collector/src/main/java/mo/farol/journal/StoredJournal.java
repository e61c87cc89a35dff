package mo.farol.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a journal, read as they lie there: nothing is repaired, locked or written, so it can
 * be done beside a running centre or on a copy.
 */
public final class StoredJournal implements AutoCloseable {
  /**
   * One file.
   *
   * @param number counts segments from 1
   * @param firstSequence sequence of its first frame
   * @param endSequence first sequence of the next file; the journal's end in the last
   */
  public record Part(int number, long firstSequence, long endSequence) {}

  private final Disk disk;
  private final List<Segment> found = new ArrayList<>();
  private final Segments segments;
  private final long durable;
  private int damaged;

  private StoredJournal(Disk disk) throws IOException {
    this.disk = disk;
    var headers = new Headers(disk);
    // Twice, for a listing may pass over a file that takes the place of another just then.
    var files = new TreeMap<>(disk.files());
    files.putAll(disk.files());
    for (var file : files.entrySet()) {
      if (Segment.isName(file.getKey())) {
        find(headers, file.getKey(), file.getValue());
      }
    }
    this.segments = new Segments(found, 0);
    this.durable = end();
    segments.addDamages(damaged);
  }

  // Header and length of one edition: a running centre may put another in its place meanwhile.
  private void find(Headers headers, String name, long listed) throws IOException {
    var header = headers.of(name, listed);
    while (header != null) {
      long length = length(name);
      byte[] written = headers.start(name);
      var again = headers.of(name, length);
      if (again == null || again.edition() == header.edition()) {
        found.add(Segment.examined(disk, header, length));
        damaged += Arrays.equals(written, header.bytes().array()) ? 0 : 1;
        return;
      }
      header = again;
    }
  }

  private long length(String name) throws IOException {
    try (var input = disk.open(name)) {
      return input.length();
    }
  }

  /**
   * Reads the folder of a journal.
   *
   * @throws JournalFault when it can't be read
   */
  public static StoredJournal open(Path folder) {
    return open(FolderDisk.reading(folder));
  }

  static StoredJournal open(Disk disk) {
    try {
      return new StoredJournal(disk);
    } catch (IOException e) {
      throw new JournalFault("cannot read the journal: " + e, e);
    }
  }

  /** Sequence after the last frame that can be read. */
  public long durable() {
    return durable;
  }

  /** Places met so far whose bytes are not as they were written, whatever became of the frames. */
  public long damaged() {
    return segments.damaged();
  }

  /** Every block as it lies there, from the one that holds this sequence on. */
  public Examination examine(long fromSequence) {
    return new Examination(segments, found, fromSequence);
  }

  /** The block that holds a sequence. */
  public Optional<EventLog.Block> holding(long sequence) {
    return segments.find(sequence);
  }

  /** Every file, in order. */
  public List<Part> parts() {
    var parts = new ArrayList<Part>();
    for (var segment : found) {
      parts.add(
          new Part(segment.number(), segment.firstSequence(), endOf(segments.after(segment))));
    }
    return parts;
  }

  @Override
  public void close() {
    try {
      disk.close();
    } catch (IOException e) {
      throw new JournalFault("cannot close the journal: " + e, e);
    }
  }

  private long endOf(@Nullable Segment next) {
    return next == null ? durable() : next.firstSequence();
  }

  private long end() throws IOException {
    if (found.isEmpty()) {
      return 0;
    }
    var last = found.getLast();
    long next = last.firstSequence();
    long whole = SegmentHeader.LENGTH;
    try (var walk = last.walk(SegmentHeader.LENGTH, Walk.MANY)) {
      for (var place = walk.next(last.end()); place != null; place = walk.next(last.end())) {
        next = place.nextSequence();
        whole = place.end();
        damaged += walk.takeDamages().size();
      }
    }
    last.reached(whole); // behind it stands what is being written just now, or was torn
    return next;
  }
}
