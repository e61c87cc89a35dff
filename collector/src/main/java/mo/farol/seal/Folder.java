package mo.farol.seal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A folder's list of names. */
final class Folder {
  private Folder() {}

  /** Where a file lies. */
  static Path of(Path file) {
    var folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " is no file in a folder");
    }
    return folder;
  }

  /** Returns once the names in a folder, and its own in the one above, are on disk. */
  static void force(Path folder) throws IOException {
    var whole = folder.toAbsolutePath();
    forceNames(whole);
    var above = whole.getParent();
    if (above != null) {
      forceNames(above);
    }
  }

  private static void forceNames(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder)) {
      channel.force(true);
    }
  }
}
