package mo.farol.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/**
 * One day of events: a Lucene index whose every commit says up to which sequence it is whole.
 * Written to by the follower's thread alone; read by any.
 */
final class Shard implements AutoCloseable {
  private static final int WARM_SEGMENTS = 2;

  /** A day in so many segments is not merged for a few late events more. */
  private static final int LEFT_ALONE = 12;

  private final String day;
  private final Directory directory;
  private final long bufferBytes;
  private final Merging merging;
  private final long skipBelow;
  private final boolean hadCommit;
  private final Covered covered;
  private final Shown shown;
  private volatile long rows;
  private volatile @Nullable IndexWriter writer;
  // Above every sequence that came here in its turn: a day takes note before it shows them.
  private volatile long whole;
  private boolean uncommitted;
  private boolean unseen;
  private boolean isMerging;
  private Instant usedAt = Instant.MIN;

  private Shard(
      String day,
      Directory directory,
      long bufferBytes,
      Merging merging,
      Optional<SegmentInfos> last) {
    Map<String, String> commit = last.map(SegmentInfos::getUserData).orElse(Map.of());
    this.day = day;
    this.directory = directory;
    this.bufferBytes = bufferBytes;
    this.merging = merging;
    hadCommit = last.isPresent();
    rows = last.map(Shard::rows).orElse(0L);
    skipBelow = Covered.next(commit);
    whole = skipBelow;
    covered = Covered.of(commit, rows > 0);
    shown = new Shown(directory);
  }

  /** Opens the index of a day, empty where there is none; every file of it must be there. */
  static Shard open(Path folder, long bufferBytes, Ground ground, Meters meters)
      throws IOException {
    var directory = ground.open(folder);
    try {
      Optional<SegmentInfos> last = Optional.empty();
      if (DirectoryReader.indexExists(directory)) {
        var commit = SegmentInfos.readLatestCommit(directory);
        for (String file : commit.files(true)) {
          directory.fileLength(file);
        }
        last = Optional.of(commit);
      }
      var merging = new Merging(folder, ground, meters);
      return new Shard(folder.getFileName().toString(), directory, bufferBytes, merging, last);
    } catch (IOException | RuntimeException | InternalError e) {
      directory.close();
      throw e;
    }
  }

  private static long rows(SegmentInfos commit) {
    return commit.asList().stream().mapToLong(s -> s.info.maxDoc() - s.getDelCount()).sum();
  }

  String day() {
    return day;
  }

  Directory directory() {
    return directory;
  }

  /** What is known of it by its last commit. */
  Checkpoint.Day known() {
    return covered.day(day, rows);
  }

  /** Whether it lies there without the commit that it must have had. */
  boolean lacks(Checkpoint.Day known) throws IOException {
    boolean isBare = known.rows() > 0 || known.rows() < 0 && directory.listAll().length > 0;
    return !hadCommit && isBare;
  }

  /** Rows by the last commit. */
  long rows() {
    return rows;
  }

  /** Events below this sequence that belong here are already in. */
  long skipBelow() {
    return skipBelow;
  }

  /** Whether an event here may lie in a question's range of time and of sequences. */
  boolean mayHold(Question question) {
    return covered.touches(question.fromMicros(), question.toMicros())
        && (question.fromSequence() == 0 || whole > question.fromSequence());
  }

  boolean isWriting() {
    return writer != null;
  }

  /** Whether the last commit does not say all: events came, or Lucene merged segments since. */
  boolean isUncommitted() {
    var open = writer;
    return uncommitted || open != null && open.isOpen() && open.hasUncommittedChanges();
  }

  Instant usedAt() {
    return usedAt;
  }

  /** Whether it was not written to for so long; a clock that went back makes it begin anew. */
  boolean isIdle(Instant now, Duration time) {
    if (usedAt.isAfter(now)) {
      usedAt = now;
    }
    return usedAt.plus(time).isBefore(now);
  }

  /** Gets ready to be written to. */
  void open(Instant now) throws IOException {
    usedAt = now;
    uncommitted = true;
    unseen = true;
    writer();
  }

  /** Adds documents, in order of sequence, once {@link #open}; several threads may. */
  void add(Iterable<? extends Iterable<? extends IndexableField>> documents) throws IOException {
    Objects.requireNonNull(writer).addDocuments(documents);
  }

  /** How many rows match. */
  long count(Query some) throws IOException {
    refresh();
    return shown.count(some);
  }

  /** How many rows of events below a sequence are searchable; any thread. */
  long countBelow(long sequence) throws IOException {
    return shown.count(NumericDocValuesField.newSlowRangeQuery(Layout.SEQUENCE, 0, sequence - 1));
  }

  /** Removes the rows that match. */
  void remove(Query rows, Instant now) throws IOException {
    open(now);
    writer().deleteDocuments(rows);
  }

  /** Takes note that every event of this day below a sequence is in. */
  void completeTo(long next) {
    whole = next;
  }

  /** Whether the writer still writes: Lucene closes one that could not reach the disk. */
  boolean isSound() {
    var open = writer;
    return open == null || open.isOpen();
  }

  /** Takes note of an event's time and sequence. */
  void cover(long micros, long sequence) {
    covered.add(micros, sequence);
  }

  /** Makes everything added searchable. */
  void refresh() throws IOException {
    var open = writer;
    if (!unseen || open == null) {
      return;
    }
    shown.refresh(open);
    unseen = false;
  }

  /** Makes everything added durable, with the sequence up to which this day is whole. */
  void commit(long next) throws IOException {
    var open = writer;
    if (open == null || !isUncommitted()) {
      return;
    }
    // Merged segments take the place of others, whose files stay while a reader holds them.
    unseen = true;
    // While another day is made again, all events are read anew, also those that are here.
    long upTo = Math.max(next, skipBelow);
    open.setLiveCommitData(covered.commit(upTo).entrySet());
    open.commit();
    rows = open.getDocStats().numDocs;
    uncommitted = false;
  }

  /**
   * Whether the day lies in few enough segments to be left alone; where it doesn't, begins to merge
   * them beside what else is done, for the next time it is asked.
   */
  boolean isMerged() throws IOException {
    var open = writer;
    if (open == null) {
      return true;
    }
    if (!isMerging) {
      refresh();
      if (shown.segments() <= LEFT_ALONE) {
        return true;
      }
      commit(whole);
      open.forceMerge(WARM_SEGMENTS, false);
      isMerging = true;
    }
    if (!open.getMergingSegments().isEmpty()) {
      return false;
    }
    isMerging = false;
    uncommitted = true; // without a commit the merged segments would be forgotten again
    return true;
  }

  /** Whether it is being merged before it is closed. */
  boolean isMerging() {
    return isMerging;
  }

  /** What closed the writer of itself, if anything did. */
  @Nullable Throwable tragedy() {
    var open = writer;
    return open == null ? null : open.getTragicException();
  }

  /** Commits and gives the writer's memory back; the day can still be read. */
  void rest() throws IOException {
    var open = writer;
    if (open == null) {
      return;
    }
    commit(whole);
    open.close();
    writer = null;
    isMerging = false;
    shown.put(DirectoryReader.open(directory));
  }

  /** A reader to be given back with {@code decRef}; null while there is nothing to read. */
  @Nullable DirectoryReader acquire() throws IOException {
    return shown.acquire();
  }

  @Override
  public void close() throws IOException {
    rest();
    abandon();
  }

  /** Lets go of everything without committing, as a crash would. */
  void abandon() throws IOException {
    stopWriting();
    shown.put(null);
    directory.close();
  }

  /** Forgets what was not committed; what is searchable can still be read. */
  void stopWriting() throws IOException {
    var open = writer;
    if (open != null) {
      open.rollback();
      writer = null;
    }
  }

  /** Ends a day of which nothing is left: who reads meanwhile finds nothing more in it. */
  void remove() throws IOException {
    shown.end();
    abandon();
  }

  private IndexWriter writer() throws IOException {
    var open = writer;
    if (open == null) {
      open = new IndexWriter(directory, settings());
      writer = open;
      shown.follow(open);
    }
    return open;
  }

  private IndexWriterConfig settings() {
    return new IndexWriterConfig()
        .setCodec(TrigramPostings.codec())
        .setRAMBufferSizeMB(bufferBytes / 1048576.0)
        .setMergeScheduler(merging.scheduler())
        .setMergePolicy(merging)
        .setUseCompoundFile(false)
        .setCommitOnClose(false);
  }
}
