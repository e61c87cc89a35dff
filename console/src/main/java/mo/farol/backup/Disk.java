package mo.farol.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import mo.farol.disk.OwnerOnly;
import org.jspecify.annotations.Nullable;

/** Files of a backup: written for their owner alone, known to be on the disk, and no links. */
final class Disk {
  private Disk() {}

  /** Writes a new file, and says something of it. */
  interface Writing<T> {
    T to(FileChannel out) throws IOException;
  }

  /** Writes a new file; it is on the disk when this returns. */
  static <T> T write(Path file, Writing<T> writing) throws IOException {
    try (var out = OwnerOnly.create(file)) {
      var said = writing.to(out);
      out.force(true);
      return said;
    }
  }

  /** Writes all bytes that are left; gives how many. */
  static long all(FileChannel out, ByteBuffer bytes) throws IOException {
    long written = 0;
    while (bytes.hasRemaining()) {
      written += out.write(bytes);
    }
    return written;
  }

  /** Returns once a file's bytes are on the disk, or a folder's names. */
  static void force(Path path) throws IOException {
    boolean isFolder = Files.isDirectory(path);
    try (var channel =
        FileChannel.open(path, isFolder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** The same for the names in a folder and in all below it, but for those that can't be read. */
  static void forceFolders(Path folder) throws IOException {
    Files.walkFileTree(
        folder.toRealPath(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult postVisitDirectory(Path each, @Nullable IOException e)
              throws IOException {
            force(each);
            return super.postVisitDirectory(each, e);
          }

          @Override
          public FileVisitResult visitFileFailed(Path each, IOException e) throws IOException {
            if (each.endsWith("lost+found")) {
              return FileVisitResult.CONTINUE; // the disk's own, not ours
            }
            throw e;
          }
        });
  }

  /** Whether a file is one itself, and no link to one. */
  static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether a path below a folder names a file, and nothing on the way to it is a link. */
  static boolean isFileIn(Path folder, String path) {
    var at = folder;
    for (var name : Path.of(path)) {
      if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      at = at.resolve(name);
    }
    return isFile(at);
  }

  /** Whether new files in a folder can be read by others though they were not to be. */
  static boolean isOpenToOthers(Path folder) throws IOException {
    if (!OwnerOnly.isKnown(folder)) {
      return true;
    }
    var probe = folder.resolve("probe");
    OwnerOnly.create(probe).close();
    try {
      return Files.getPosixFilePermissions(probe).stream()
          .anyMatch(each -> !each.name().startsWith("OWNER_"));
    } finally {
      Files.delete(probe);
    }
  }
}
