package mo.farol.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/**
 * One day of events: a Lucene index whose every commit says up to which sequence it is whole.
 * Written to by the follower's thread alone; read by any.
 */
final class Shard implements AutoCloseable {
  private static final String NEXT = "next";
  private static final String FIRST = "first";
  private static final String LAST = "last";
  private static final int AT_ONCE = 24;
  private static final int WARM_SEGMENTS = 2;

  /** A day in so many segments is not merged for a few late events more. */
  private static final int LEFT_ALONE = 12;

  private static final double LARGEST_MIB = 2048;

  private final String day;
  private final Directory directory;
  private final long bufferBytes;
  private final long skipBelow;
  private volatile long firstMicros;
  private volatile long lastMicros;
  private volatile @Nullable IndexWriter writer;
  private volatile @Nullable DirectoryReader reader;
  // Above every sequence that came here in its turn: a day takes note before it shows them.
  private volatile long whole;
  private boolean uncommitted;
  private boolean unseen;
  private boolean isMerging;
  private Instant usedAt = Instant.MIN;

  private Shard(String day, Directory directory, long bufferBytes, Map<String, String> commit) {
    this.day = day;
    this.directory = directory;
    this.bufferBytes = bufferBytes;
    skipBelow = number(commit, NEXT, 0);
    whole = skipBelow;
    firstMicros = number(commit, FIRST, Long.MAX_VALUE);
    lastMicros = number(commit, LAST, Long.MIN_VALUE);
  }

  /** Opens the index of a day, empty where there is none. */
  static Shard open(Path folder, long bufferBytes) throws IOException {
    var directory = FSDirectory.open(folder);
    try {
      Map<String, String> commit =
          DirectoryReader.indexExists(directory)
              ? SegmentInfos.readLatestCommit(directory).getUserData()
              : Map.of();
      return new Shard(folder.getFileName().toString(), directory, bufferBytes, commit);
    } catch (IOException e) {
      directory.close();
      throw e;
    }
  }

  String day() {
    return day;
  }

  /** Events below this sequence that belong here are already in. */
  long skipBelow() {
    return skipBelow;
  }

  /** Whether an event here may lie in a question's range of time and of sequences. */
  boolean mayHold(Question question) {
    return firstMicros < question.toMicros()
        && lastMicros >= question.fromMicros()
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

  /** Whether some rows match, as far as they are searchable. */
  boolean has(Query rows) throws IOException {
    refresh();
    var open = acquire();
    if (open == null) {
      return false;
    }
    try {
      return new IndexSearcher(open).count(rows) > 0;
    } finally {
      open.decRef();
    }
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

  /** Takes note of an event's time. */
  void cover(long micros) {
    if (micros < firstMicros) {
      firstMicros = micros;
    }
    if (micros > lastMicros) {
      lastMicros = micros;
    }
  }

  /** Makes everything added searchable. */
  void refresh() throws IOException {
    var open = writer;
    if (!unseen || open == null) {
      return;
    }
    var before = reader;
    var after =
        before == null ? DirectoryReader.open(open) : DirectoryReader.openIfChanged(before, open);
    if (after != null) {
      swap(after);
    }
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
    open.setLiveCommitData(
        Map.of(
                NEXT, Long.toString(next),
                FIRST, Long.toString(firstMicros),
                LAST, Long.toString(lastMicros))
            .entrySet());
    open.commit();
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
      if (reader == null || reader.leaves().size() <= LEFT_ALONE) {
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
    swap(DirectoryReader.open(directory));
  }

  /** A reader to be given back with {@code decRef}; null while there is nothing to read. */
  synchronized @Nullable DirectoryReader acquire() throws IOException {
    if (reader == null && DirectoryReader.indexExists(directory)) {
      reader = DirectoryReader.open(directory);
    }
    var now = reader;
    if (now != null) {
      now.incRef();
    }
    return now;
  }

  @Override
  public void close() throws IOException {
    rest();
    abandon();
  }

  /** Lets go of everything without committing, as a crash would. */
  void abandon() throws IOException {
    var open = writer;
    if (open != null) {
      open.rollback();
      writer = null;
    }
    swap(null);
    directory.close();
  }

  private synchronized void swap(@Nullable DirectoryReader fresh) throws IOException {
    var old = reader;
    reader = fresh;
    if (old != null) {
      old.decRef();
    }
  }

  private IndexWriter writer() throws IOException {
    var open = writer;
    if (open == null) {
      open = new IndexWriter(directory, settings());
      writer = open;
      if (reader != null) {
        swap(DirectoryReader.open(open));
      }
    }
    return open;
  }

  private IndexWriterConfig settings() {
    var merges = new ConcurrentMergeScheduler();
    merges.setMaxMergesAndThreads(4, 1);
    merges.disableAutoIOThrottle();
    return new IndexWriterConfig()
        .setRAMBufferSizeMB(bufferBytes / 1048576.0)
        .setMergeScheduler(merges)
        .setMergePolicy(neighbours())
        .setUseCompoundFile(false)
        .setCommitOnClose(false);
  }

  // Only neighbours are merged, so that documents stay in order of arrival, and many at once, so
  // that most events are written anew once a day.
  private static MergePolicy neighbours() {
    var policy = new LogByteSizeMergePolicy();
    policy.setMergeFactor(AT_ONCE);
    policy.setMaxMergeMB(LARGEST_MIB);
    policy.setMaxMergeMBForForcedMerge(LARGEST_MIB);
    policy.setNoCFSRatio(0);
    return policy;
  }

  /** The sequence below which a commit says that its day is whole. */
  static long next(Map<String, String> commit) {
    return number(commit, NEXT, 0);
  }

  private static long number(Map<String, String> commit, String key, long otherwise) {
    String text = commit.get(key);
    return text == null ? otherwise : Long.parseLong(text);
  }
}
