package mo.farol.store;

import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/** What can be read of a day now. Changed by one thread, read by any. */
final class Shown {
  private final Directory directory;
  private volatile @Nullable DirectoryReader reader;
  private boolean hasEnded;

  Shown(Directory directory) {
    this.directory = directory;
  }

  /** A reader to be given back with {@code decRef}; null while there is nothing to read. */
  synchronized @Nullable DirectoryReader acquire() throws IOException {
    if (hasEnded) {
      return null;
    }
    if (reader == null && DirectoryReader.indexExists(directory)) {
      reader = DirectoryReader.open(directory);
    }
    var now = reader;
    if (now != null) {
      now.incRef();
    }
    return now;
  }

  /** How many rows match. */
  long count(Query some) throws IOException {
    var open = acquire();
    if (open == null) {
      return 0;
    }
    try {
      return new IndexSearcher(open).count(some);
    } finally {
      open.decRef();
    }
  }

  /** Segments that are read; none where nothing was asked for yet. */
  int segments() {
    var now = reader;
    return now == null ? 0 : now.leaves().size();
  }

  /** Shows what a writer has by now. */
  void refresh(IndexWriter writer) throws IOException {
    var before = reader;
    var after =
        before == null
            ? DirectoryReader.open(writer)
            : DirectoryReader.openIfChanged(before, writer);
    if (after != null) {
      put(after);
    }
  }

  /** Reads from a writer that was opened just now what was read from the disk. */
  void follow(IndexWriter writer) throws IOException {
    if (reader != null) {
      put(DirectoryReader.open(writer));
    }
  }

  /** Shows something else from now on; who reads goes on with what they have. */
  synchronized void put(@Nullable DirectoryReader fresh) throws IOException {
    var old = reader;
    reader = fresh;
    if (old != null) {
      old.decRef();
    }
  }

  /** Shows nothing any more. */
  synchronized void end() {
    hasEnded = true;
  }
}
