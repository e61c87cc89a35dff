package mo.farol.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Files and folders that only their owner may read, from their first byte on, where the disk knows
 * owners.
 */
public final class OwnerOnly {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private OwnerOnly() {}

  /** Whether a folder's disk knows owners and what they may do. */
  public static boolean isKnown(Path folder) throws IOException {
    return Files.getFileStore(folder).supportsFileAttributeView("posix");
  }

  /** Makes a folder, and those above it, where they are not there yet. */
  public static void makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    var above = Folder.of(folder);
    makeFolder(above);
    if (isKnown(above)) {
      Files.createDirectory(folder, FOLDER);
    } else {
      Files.createDirectory(folder);
    }
  }

  /** A new file, to be written; refused where there is one. */
  public static FileChannel create(Path file) throws IOException {
    return isKnown(Folder.of(file))
        ? FileChannel.open(file, NEW, FILE)
        : FileChannel.open(file, NEW);
  }

  /** Writes a new file; its bytes are on disk when this returns, its name once its folder's are. */
  public static void write(Path file, byte[] bytes) throws IOException {
    try (var out = create(file)) {
      AtomicFile.write(out, bytes);
    }
  }

  /**
   * Writes a file in place of what was there, if anything was; on disk when this returns. Several
   * may do so at once: one of them is the last.
   *
   * @throws IOException where the disk does not take it; the file is as it was
   */
  public static void replace(Path file, byte[] bytes) throws IOException {
    var draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".new");
    try {
      write(draft, bytes);
      AtomicFile.rename(draft, file);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
