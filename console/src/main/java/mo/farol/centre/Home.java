package mo.farol.centre;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import mo.farol.disk.AtomicFile;
import mo.farol.disk.Folder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that holds everything: journal, index, ledger, keys, rules. One process at a time. */
public final class Home implements AutoCloseable {
  /** Name of the file that is held while a backup is made. */
  public static final String BACKUP_LOCK = "backup.lock";

  private static final Logger LOG = LoggerFactory.getLogger(Home.class);

  private final Path folder;
  private @Nullable FileChannel lockFile;
  private @Nullable FileLock lock;

  public Home(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /**
   * Makes the folder and takes it for this process.
   *
   * @throws Usage in one line when it can't be written, another process holds it, or a restore into
   *     it has not ended
   */
  public Home open() {
    try {
      make(folder);
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
      lockFile =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    } catch (FileAlreadyExistsException e) {
      throw new Usage("cannot write to the home " + folder + ": it is a file, not a folder");
    } catch (IOException e) {
      throw new Usage("cannot write to the home " + folder + ": " + reason(e));
    }
    if (lock == null) {
      throw new Usage("another Farol is running on the home " + folder);
    }
    if (Files.exists(unfinished())) {
      close();
      throw new Usage(
          ("a restore into %s did not end well: empty the folder and restore again; to take what is"
                  + " there as it is, remove its file %s")
              .formatted(folder, unfinished().getFileName()));
    }
    return this;
  }

  // Its name must outlast a power cut as what is in it does.
  private static void make(Path folder) throws IOException {
    var above = folder.getParent();
    if (Files.isDirectory(folder) || above == null) {
      return;
    }
    make(above);
    Files.createDirectory(folder);
    Folder.force(above);
  }

  /** Whether a running centre holds this home. */
  public boolean isHeld() {
    if (!Files.exists(folder.resolve("lock"))) {
      return false;
    }
    try (var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE);
        var taken = channel.tryLock()) {
      return taken == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      throw new Usage("cannot read the home " + folder + ": " + reason(e));
    }
  }

  /**
   * The same home by the name of its folder that no link is part of.
   *
   * @throws Usage where it is not there
   */
  public Home real() {
    try {
      return new Home(folder.toRealPath());
    } catch (IOException e) {
      throw new Usage("cannot read the home " + folder + ": " + reason(e));
    }
  }

  /** Whether a centre was here: its folder holds a ledger and a journal. */
  public boolean isThere() {
    return Files.isRegularFile(ledger()) && Files.isDirectory(journal());
  }

  /** The folder itself. */
  public Path folder() {
    return folder;
  }

  /** The mark of a home whose restore has not ended: nothing runs on it. */
  public Path unfinished() {
    return folder.resolve("restore.unfinished");
  }

  /** Held while a backup is made of it. */
  public Path backupLock() {
    return folder.resolve(BACKUP_LOCK);
  }

  /** Where a backup keeps second names of files, below a room's folder. */
  public static Path links(Path room) {
    return room.resolve(".backup");
  }

  /** Removes what a backup left that was killed, unless another is being made. */
  void sweepLinks() {
    try (var held =
            FileChannel.open(backupLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var taken = held.tryLock()) {
      if (taken != null) {
        Folders.delete(links(journal()));
        Folders.delete(links(index()));
      }
    } catch (OverlappingFileLockException e) {
      return; // one is being made
    } catch (IOException e) {
      LOG.warn("cannot remove what a backup of {} left: {}", folder, reason(e));
    }
  }

  /** Where raw frames lie. */
  public Path journal() {
    return folder.resolve("journal");
  }

  /** Where the index lies. */
  public Path index() {
    return folder.resolve("index");
  }

  /** Where the hash tree and the signed heads lie. */
  public Path seal() {
    return folder.resolve("seal");
  }

  /** The key that signs heads. */
  public Path sealKey() {
    return keys().resolve("seal.key");
  }

  /** The ledger's database file. */
  public Path ledger() {
    return folder.resolve("ledger.db");
  }

  /** Certificates and keys. */
  public Path keys() {
    return folder.resolve("keys");
  }

  /** Where commands write what an agency is to be given: certificates with their keys. */
  public Path agencies() {
    return folder.resolve("agencies");
  }

  /** The operator's own rules: {@code sigma}, {@code alert}. */
  public Path rules() {
    return folder.resolve("rules");
  }

  /** The operator's own playbooks. */
  public Path playbooks() {
    return folder.resolve("playbooks");
  }

  /** Farol's own log. */
  public Path logs() {
    return folder.resolve("log");
  }

  /** Memory of sources, for silences across restarts. */
  public Path sources() {
    return folder.resolve("sources.json");
  }

  /** What correlations count, for restarts. */
  public Path windows() {
    return folder.resolve("windows.state");
  }

  /** Memory of which fields sources sent, for rules that wait for them. */
  public Path fieldsSeen() {
    return folder.resolve("fields-seen.tsv");
  }

  /** Writes a small file whole or not at all. */
  public void write(String name, String text) {
    try {
      AtomicFile.replace(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + name + " in " + folder, e);
    }
  }

  /** A small file's text, where it is there. */
  public Optional<String> read(String name) {
    try {
      Path file = folder.resolve(name);
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + " in " + folder, e);
    }
  }

  @Override
  public void close() {
    try {
      if (lock != null) {
        lock.release();
      }
      if (lockFile != null) {
        lockFile.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot let go of " + folder, e);
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
