package mo.farol.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a file as a whole: whoever reads it, also after a power cut, finds what was there before
 * or what is there now.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes beside the file, in {@code NAME.new}, and moves it there; on disk when this returns. One
   * thread a file at a time.
   *
   * @throws IOException where the disk does not take it; the file is as it was
   */
  public static void replace(Path file, byte[] bytes) throws IOException {
    var draft = file.resolveSibling(file.getFileName() + ".new");
    try (var channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      write(channel, bytes);
    }
    rename(draft, file);
  }

  /**
   * Puts a file that was written beside another in its place; its bytes and its name are on disk
   * when this returns.
   *
   * @throws IOException where the disk does not take it; the other is as it was
   */
  public static void place(Path draft, Path file) throws IOException {
    try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    rename(draft, file);
  }

  /** The same of a file whose bytes are on disk already. */
  public static void rename(Path draft, Path file) throws IOException {
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Folder.force(Folder.of(file));
  }

  /** All of the bytes; on disk when this returns. */
  static void write(FileChannel to, byte[] bytes) throws IOException {
    var left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      to.write(left);
    }
    to.force(true);
  }
}
