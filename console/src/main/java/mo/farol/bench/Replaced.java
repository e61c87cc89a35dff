package mo.farol.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import mo.farol.store.StoredIndex;

/**
 * Files of an index that no commit names any more: what was merged just now lies there beside what
 * it became until nobody reads it, and would be counted twice.
 */
final class Replaced {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LOCK = "write.lock"; // empty

  private Replaced() {}

  /** Waits until there are none, a minute at most; says so where there are some still. */
  static void await(Path index) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var left = files(index);
    while (!left.isEmpty() && System.nanoTime() < end) {
      try {
        Thread.sleep(250);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while replaced files were waited for", e);
      }
      left = files(index);
    }
    if (!left.isEmpty()) {
      System.out.printf(
          "  %d replaced files of the index are still there after %d s, and are counted%n",
          left.size(), PATIENCE.toSeconds());
    }
  }

  /** Files in the folders of days that the newest commit of their day does not name. */
  static List<Path> files(Path index) throws IOException {
    var left = new ArrayList<Path>();
    for (var day : StoredIndex.in(index).days().entrySet()) {
      var named = new HashSet<>(day.getValue());
      try (var files =
          Files.newDirectoryStream(index.resolve(day.getKey()), Files::isRegularFile)) {
        for (var file : files) {
          String name = file.getFileName().toString();
          if (!name.equals(LOCK) && !named.contains(name)) {
            left.add(file);
          }
        }
      }
    }
    return left;
  }
}
