package mo.farol.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Files that one process at a time holds. */
final class Locks {
  private Locks() {}

  /** Takes a file, until it is closed; empty where another holds it. */
  static Optional<FileChannel> take(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return Optional.of(channel);
      }
    } catch (OverlappingFileLockException e) {
      // held within this process
    }
    channel.close();
    return Optional.empty();
  }
}
