package mo.farol.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import mo.farol.disk.Folder;

/** Files that only their owner may read, from their first byte on; whole or not there at all. */
final class KeyFolder {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private KeyFolder() {}

  static void make(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (isPosix(parent == null ? folder : parent)) {
      Files.createDirectory(folder, OWNER_FOLDER);
    } else {
      Files.createDirectory(folder);
    }
  }

  /** Writes a file in place of what was there. */
  static void replace(Path file, byte[] bytes) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".new");
    writeNew(draft, bytes);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Folder.force(Folder.of(file));
  }

  /** Writes a file that must not be there yet. */
  static void writeNew(Path file, byte[] bytes) throws IOException {
    try (var channel =
        isPosix(Folder.of(file))
            ? FileChannel.open(file, NEW, OWNER_FILE)
            : FileChannel.open(file, NEW)) {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static boolean isPosix(Path folder) throws IOException {
    return Files.getFileStore(folder).supportsFileAttributeView("posix");
  }
}
