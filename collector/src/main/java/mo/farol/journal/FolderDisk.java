package mo.farol.journal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of a real file system, held by one process. */
final class FolderDisk implements Disk {
  private final Path folder;
  private final Path apart;
  private final @Nullable FileChannel lockFile;
  private final @Nullable FileLock lock;

  private FolderDisk(Path folder, @Nullable FileChannel lockFile, @Nullable FileLock lock) {
    this.folder = folder;
    this.apart = folder.resolve("quarantine");
    this.lockFile = lockFile;
    this.lock = lock;
  }

  static FolderDisk open(Path folder) {
    try {
      Files.createDirectories(folder);
      var lockFile = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
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

  /** A folder that another process may hold, to read only. */
  static FolderDisk reading(Path folder) {
    return new FolderDisk(folder, null, null);
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public long usableBytes() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  @Override
  public Map<String, Long> files() throws IOException {
    return lengths(folder);
  }

  @Override
  public Output create(String name) throws IOException {
    return new Channel(
        FileChannel.open(folder.resolve(name), CREATE, TRUNCATE_EXISTING, READ, WRITE));
  }

  @Override
  public Input open(String name) throws IOException {
    return new Reading(new RandomAccessFile(folder.resolve(name).toFile(), "r"));
  }

  @Override
  public void force(String name) throws IOException {
    try (var channel = FileChannel.open(folder.resolve(name), WRITE)) {
      channel.force(true);
    }
  }

  @Override
  public void truncate(String name, long length) throws IOException {
    try (var channel = FileChannel.open(folder.resolve(name), WRITE)) {
      channel.truncate(length);
      channel.force(true);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void forceNames() throws IOException {
    force(folder);
  }

  @Override
  public void quarantine(String name, byte[] bytes) throws IOException {
    makeApart();
    try (var channel =
        FileChannel.open(apart.resolve(name), CREATE, TRUNCATE_EXISTING, READ, WRITE)) {
      new Channel(channel).append(ByteBuffer.wrap(bytes));
      channel.force(true);
    }
    force(apart);
  }

  @Override
  public void quarantine(String name) throws IOException {
    makeApart();
    Files.move(folder.resolve(name), apart.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    force(apart);
    force(folder);
  }

  // Named on the disk before anything is cut off that is kept there.
  private void makeApart() throws IOException {
    if (!Files.isDirectory(apart)) {
      Files.createDirectory(apart);
      force(folder);
    }
  }

  @Override
  public List<Quarantined> quarantined() throws IOException {
    if (!Files.isDirectory(apart)) {
      return List.of();
    }
    return lengths(apart).entrySet().stream()
        .map(file -> Quarantined.of(file.getKey(), file.getValue()))
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public void close() throws IOException {
    if (lock != null && lockFile != null) {
      lock.release();
      lockFile.close();
    }
  }

  private static Map<String, Long> lengths(Path folder) throws IOException {
    var lengths = new TreeMap<String, Long>();
    try (Stream<Path> files = Files.list(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        putLength(lengths, file);
      }
    }
    return lengths;
  }

  private static void putLength(Map<String, Long> lengths, Path file) throws IOException {
    try {
      lengths.put(file.getFileName().toString(), Files.size(file));
    } catch (NoSuchFileException e) {
      return; // a draft that took its place since it was listed
    }
  }

  private static void force(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }

  private record Channel(FileChannel file) implements Output {
    @Override
    public void append(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
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

  // Not a FileChannel: interrupting a thread that reads one closes it.
  private record Reading(RandomAccessFile file) implements Input {
    @Override
    public int read(byte[] into, int from, int length, long position) throws IOException {
      file.seek(position);
      int done = 0;
      while (done < length) {
        int n = file.read(into, from + done, length - done);
        if (n < 0) {
          break;
        }
        done += n;
      }
      return done;
    }

    @Override
    public long length() throws IOException {
      return file.length();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
