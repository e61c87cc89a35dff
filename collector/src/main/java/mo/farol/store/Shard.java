package mo.farol.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/** One day's index. Written by the store's thread only; read by any. */
final class Shard implements AutoCloseable {
  private static final String NEXT = "next";
  private final Directory directory;
  private final long bufferBytes;
  private @Nullable IndexWriter writer;
  private volatile SearcherManager searchers;
  private long committedNext;
  private boolean dirty;
  private long usedAt;

  private Shard(Directory directory, long bufferBytes) throws IOException {
    this.directory = directory;
    this.bufferBytes = bufferBytes;
    if (DirectoryReader.indexExists(directory)) {
      committedNext = committedNext(directory);
      searchers = new SearcherManager(directory, null);
    } else {
      searchers = manager(open());
    }
  }

  static Shard open(Path folder, long bufferBytes) throws IOException {
    return new Shard(FSDirectory.open(folder), bufferBytes);
  }

  /** Sequence of the first event this shard may still lack. */
  long committedNext() {
    return committedNext;
  }

  /** Adds a document; the sequence tells which shard was used last. */
  void add(Document document, long sequence) throws IOException {
    open().addDocument(document);
    dirty = true;
    usedAt = sequence;
  }

  boolean isDirty() {
    return dirty;
  }

  boolean isOpen() {
    return writer != null;
  }

  long usedAt() {
    return usedAt;
  }

  /** Makes everything added durable, with the journal offset it covers. */
  void commit(long next) throws IOException {
    var open = writer;
    if (open != null && dirty) {
      open.setLiveCommitData(Map.of(NEXT, Long.toString(next)).entrySet());
      open.commit();
      committedNext = next;
      dirty = false;
    }
  }

  /** Makes everything added visible. */
  void refresh() throws IOException {
    searchers.maybeRefreshBlocking();
  }

  SearcherManager searchers() {
    return searchers;
  }

  /** Commits and gives the writer's memory back; the shard stays searchable. */
  void rest(long next) throws IOException {
    commit(next);
    var open = writer;
    if (open != null) {
      open.close();
      writer = null;
      replace(new SearcherManager(directory, null));
    }
  }

  @Override
  public void close() throws IOException {
    searchers.close();
    if (writer != null) {
      writer.rollback(); // what matters was committed before
    }
    directory.close();
  }

  private IndexWriter open() throws IOException {
    var open = writer;
    if (open == null) {
      open = new IndexWriter(directory, config());
      writer = open;
      if (searchers != null) {
        replace(manager(open));
      }
    }
    return open;
  }

  private void replace(SearcherManager fresh) throws IOException {
    var old = searchers;
    searchers = fresh;
    old.close();
  }

  private static SearcherManager manager(IndexWriter writer) throws IOException {
    return new SearcherManager(writer, false, false, null);
  }

  private IndexWriterConfig config() {
    return new IndexWriterConfig()
        .setOpenMode(IndexWriterConfig.OpenMode.CREATE_OR_APPEND)
        .setRAMBufferSizeMB(bufferBytes / 1048576.0)
        .setCommitOnClose(false)
        .setIndexSort(
            new Sort(
                new SortField(Layout.TIME, SortField.Type.LONG, true),
                new SortField(Layout.SEQUENCE, SortField.Type.LONG, true)));
  }

  private static long committedNext(Directory directory) throws IOException {
    try (var reader = DirectoryReader.open(directory)) {
      return Long.parseLong(reader.getIndexCommit().getUserData().getOrDefault(NEXT, "0"));
    }
  }
}
