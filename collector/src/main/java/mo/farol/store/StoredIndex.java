package mo.farol.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.FSDirectory;

/**
 * The files of an index as they lie there: nothing is locked or written, so it can be done beside a
 * running centre or on a copy.
 *
 * @param checkpoint text of the file that says where a replay begins; read before the days, so that
 *     no day lacks what it says they have; empty where there is none
 * @param next sequence after the last event that any of it may have
 * @param days by the name of its folder, the files of each day's newest commit; none where that
 *     can't be read
 */
public record StoredIndex(String checkpoint, long next, SortedMap<String, List<String>> days) {
  private static final int TRIES = 20;

  /**
   * Reads the folder of an index.
   *
   * @throws StoreFault when it can't be read
   */
  public static StoredIndex in(Path folder) {
    try {
      var file = folder.resolve(Checkpoint.FILE);
      String checkpoint = Files.exists(file) ? Files.readString(file) : "";
      var days = new TreeMap<String, List<String>>();
      long next = Checkpoint.read(folder).next();
      if (Files.isDirectory(folder)) {
        try (var folders = Files.newDirectoryStream(folder, "????-??-??")) {
          for (var day : folders) {
            next = Math.max(next, read(day, days));
          }
        }
      }
      return new StoredIndex(checkpoint, next, days);
    } catch (IOException e) {
      throw new StoreFault("cannot read the index in %s: %s".formatted(folder, e), e);
    }
  }

  /** Whether every day is at the same commit in both. */
  public boolean isAt(StoredIndex other) {
    return days.equals(other.days);
  }

  /** Name of the file whose text is {@link #checkpoint}. */
  public static String checkpointFile() {
    return Checkpoint.FILE;
  }

  // A commit that is replaced by the next one just then is looked for anew.
  private static long read(Path day, TreeMap<String, List<String>> days) throws IOException {
    String name = day.getFileName().toString();
    for (int i = 1; ; i++) {
      try (var directory = FSDirectory.open(day)) {
        if (!DirectoryReader.indexExists(directory)) {
          return 0;
        }
        var commit = SegmentInfos.readLatestCommit(directory);
        days.put(name, commit.files(true).stream().sorted().toList());
        return Covered.next(commit.getUserData());
      } catch (IOException e) {
        if (i == TRIES) {
          days.put(name, List.of());
          return 0;
        }
      }
    }
  }
}
