package mo.farol.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder's list of names. */
public final class Folder {
  private Folder() {}

  /** Where a file lies. */
  public static Path of(Path file) {
    var folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " is no file in a folder");
    }
    return folder;
  }

  /** Returns once what was named, renamed or removed in a folder is on disk. */
  public static void force(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** The same, and the folder's own name in the one above. */
  public static void forceBoth(Path folder) throws IOException {
    var whole = folder.toAbsolutePath();
    force(whole);
    var above = whole.getParent();
    if (above != null) {
      force(above);
    }
  }
}
