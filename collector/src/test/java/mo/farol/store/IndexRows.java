package mo.farol.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.FSDirectory;

/** Which rows an index has as it lies on the disk, opened by nobody. */
public final class IndexRows {
  private IndexRows() {}

  /** The sequence of every row of every day's last commit. */
  public static long[] sequences(Path folder) throws IOException {
    var all = LongStream.builder();
    if (Files.notExists(folder)) {
      return new long[0];
    }
    try (var days = Files.newDirectoryStream(folder, "????-??-??")) {
      for (var day : days) {
        try (var directory = FSDirectory.open(day)) {
          if (DirectoryReader.indexExists(directory)) {
            read(directory, all);
          }
        }
      }
    }
    return all.build().toArray();
  }

  /** In how many segments a day lies, by its last commit. */
  public static int segments(Path day) throws IOException {
    try (var directory = FSDirectory.open(day);
        var reader = DirectoryReader.open(directory)) {
      return reader.leaves().size();
    }
  }

  /** Every event below this sequence has its row, as the index says. */
  public static long wholeTo(Path folder) throws IOException {
    return Checkpoint.read(folder).next();
  }

  /**
   * Above every sequence the index knows of, whether or not a day holds it now: only once this much
   * was read again can each day that was damaged be whole.
   */
  public static long knownTo(Path folder) throws IOException {
    var checkpoint = Checkpoint.read(folder);
    long known = Math.max(checkpoint.next(), Mendings.read(folder).upTo());
    for (var day : checkpoint.days()) {
      known = day.last() == Long.MAX_VALUE ? known : Math.max(known, day.last() + 1);
    }
    return known;
  }

  private static void read(FSDirectory directory, LongStream.Builder into) throws IOException {
    try (var reader = DirectoryReader.open(directory)) {
      for (var leaf : reader.leaves()) {
        read(leaf.reader(), into);
      }
    }
  }

  private static void read(LeafReader leaf, LongStream.Builder into) throws IOException {
    var live = leaf.getLiveDocs();
    var values = DocValues.getNumeric(leaf, Layout.SEQUENCE);
    for (int row = values.nextDoc(); row != DocIdSetIterator.NO_MORE_DOCS; row = values.nextDoc()) {
      if (live == null || live.get(row)) {
        into.add(values.longValue());
      }
    }
  }
}
