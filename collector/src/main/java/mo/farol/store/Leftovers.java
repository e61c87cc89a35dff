package mo.farol.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The folders of days that are there, set aside, or on their way out. */
final class Leftovers {
  private static final String DAY = "????-??-??";
  private static final String GONE = ".gone";

  private Leftovers() {}

  /** The folders of days. */
  static List<Path> days(Path folder) throws IOException {
    return matching(folder, DAY);
  }

  /** Moves a day out of the way to where nothing reads it; gives its new name. */
  static String setAside(Path day) throws IOException {
    for (int n = 1; ; n++) {
      var target = day.resolveSibling(day.getFileName() + ".broken-" + n);
      if (Files.notExists(target)) {
        Files.move(day, target);
        return target.getFileName().toString();
      }
    }
  }

  /** Removes a day; a crash leaves it whole, or under a name that {@link #sweep} knows. */
  static void remove(Path day) throws IOException {
    if (Files.exists(day)) {
      var gone = day.resolveSibling(day.getFileName() + GONE);
      delete(gone);
      Files.move(day, gone);
      delete(gone);
    }
  }

  /** Removes what a crash left of days that were being removed. */
  static void sweep(Path folder) throws IOException {
    for (var gone : matching(folder, DAY + GONE)) {
      delete(gone);
    }
  }

  private static List<Path> matching(Path folder, String glob) throws IOException {
    var found = new ArrayList<Path>();
    try (var all = Files.newDirectoryStream(folder, glob)) {
      all.forEach(found::add);
    }
    return found;
  }

  /** Removes a folder at once. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
