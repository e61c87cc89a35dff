package mo.farol.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A folder of a real file system, held by one process. */
final class FolderDisk implements Disk {
  private final Path folder;
  private final FileChannel lockFile;
  private final FileLock lock;

  private FolderDisk(Path folder, FileChannel lockFile, FileLock lock) {
    this.folder = folder;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  static FolderDisk open(Path folder) {
    try {
      Files.createDirectories(folder);
      var lockFile =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var lock = tryLock(lockFile);
      if (lock == null) {
        lockFile.close();
        throw new JournalFault(
            "another process holds the journal " + folder + "; end it or choose another home");
      }
      return new FolderDisk(folder, lockFile, lock);
    } catch (IOException e) {
      throw new JournalFault("cannot open the journal folder " + folder + ": " + e, e);
    }
  }

  private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel file)
      throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public Handle open(String name) throws IOException {
    return new Channel(
        FileChannel.open(folder.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @Override
  public Handle create(String name) throws IOException {
    return new Channel(
        FileChannel.open(
            folder.resolve(name),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  @Override
  public void forceNames() throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void quarantine(String name, ByteBuffer bytes) throws IOException {
    Path apart = folder.resolve("quarantine");
    Files.createDirectories(apart);
    try (var channel =
        FileChannel.open(
            apart.resolve(name),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    lock.release();
    lockFile.close();
  }

  private record Channel(FileChannel file) implements Handle {
    @Override
    public void append(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
      long at = position;
      while (into.hasRemaining()) {
        int n = file.read(into, at);
        if (n < 0) {
          return;
        }
        at += n;
      }
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void truncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public void force() throws IOException {
      file.force(false);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
