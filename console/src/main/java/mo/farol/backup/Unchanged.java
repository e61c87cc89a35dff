package mo.farol.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import mo.farol.centre.Home;

/**
 * What must be the same before and after a snapshot is taken: segments, which retention replaces
 * after it has told the index, and keys, which a rotation replaces after it has written its record.
 */
record Unchanged(Map<String, String> segments, Map<String, String> keys) {
  private interface Told {
    String of(BasicFileAttributes file);
  }

  static Unchanged of(Home home) throws IOException {
    // A segment that grows stays the same file.
    var segments = told(home.journal(), ".seg", file -> String.valueOf(file.fileKey()));
    var keys = told(home.keys(), "", Unchanged::all);
    keys.putAll(told(home.seal(), "keys.jsonl", Unchanged::all));
    return new Unchanged(segments, keys);
  }

  /** Whether nothing was replaced by then; segments may have come after them. */
  boolean isIn(Unchanged later) {
    return keys.equals(later.keys) && later.segments.entrySet().containsAll(segments.entrySet());
  }

  private static String all(BasicFileAttributes file) {
    return "%s %d %s".formatted(file.fileKey(), file.size(), file.lastModifiedTime());
  }

  private static Map<String, String> told(Path folder, String ending, Told told)
      throws IOException {
    var all = new TreeMap<String, String>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (var file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
          var is = Files.readAttributes(file, BasicFileAttributes.class);
          all.put(file.getFileName().toString(), told.of(is));
        }
      }
    }
    return all;
  }
}
