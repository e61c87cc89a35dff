package mo.farol.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import mo.farol.centre.Folders;
import mo.farol.centre.Home;
import mo.farol.centre.Usage;
import mo.farol.disk.Folder;
import mo.farol.disk.OwnerOnly;

/**
 * The folder that backups are put into, one folder each, held by one process at a time. A backup
 * has another name until it is whole and on the disk.
 */
final class Target implements AutoCloseable {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path folder;
  private final FileChannel lock;

  private Target(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Takes the folder, made where it is not there, and removes what an earlier backup left that was
   * broken off.
   *
   * @throws Usage where it lies in a home or a backup, or holds backups of another home
   * @throws BackupFault where it can't be written to
   */
  static Target open(Path folder, Home home) {
    try {
      mustBeOutside(folder.toAbsolutePath().normalize(), home);
      if (!Files.isDirectory(Folder.of(folder))) {
        throw new BackupFault(
            "there is no folder %s: see that the disk is mounted, or make it"
                .formatted(Folder.of(folder)));
      }
      OwnerOnly.makeFolder(folder);
      Disk.force(Folder.of(folder));
      mustBeOutside(folder.toRealPath(), home.real());
      mustHoldNoOthers(folder, home);
      var lock = Locks.take(folder.resolve(Backup.LOCK));
      if (lock.isEmpty()) {
        throw new BackupFault("another backup is being made in " + folder);
      }
      for (var broken : Kept.partial(folder)) {
        Folders.delete(broken);
      }
      return new Target(folder.toAbsolutePath().normalize(), lock.get());
    } catch (IOException e) {
      throw new BackupFault(
          "cannot write to %s: %s; see that it is mounted and yours".formatted(folder, e), e);
    }
  }

  private static void mustBeOutside(Path folder, Home home) {
    if (folder.startsWith(home.folder())) {
      throw new Usage("a backup within the home is none: choose a folder on another disk");
    }
    for (var above = folder; above != null; above = above.getParent()) {
      if (new Home(above).isThere()) {
        throw new Usage(
            "%s is a home itself: a backup of another in it would be taken for a part of it. Choose a folder outside"
                .formatted(above));
      }
      if (Files.exists(above.resolve(Kept.MANIFEST)) && Files.exists(above.resolve(Kept.HOME))) {
        throw new Usage(
            "%s is a backup, and what is put into it was not signed: choose a folder outside"
                .formatted(above));
      }
    }
  }

  // Which is the newest could not be told any more, nor which of them the home needs no longer.
  private static void mustHoldNoOthers(Path folder, Home home) throws IOException {
    var keys = HomeKeys.of(home);
    for (var each : Kept.whole(folder)) {
      if (keys.isPresent() && isOfAnother(each, keys.get())) {
        throw new Usage(
            "%s holds backups of another home (%s): choose a folder for the backups of %s alone"
                .formatted(folder, each.getFileName(), home.folder()));
      }
    }
  }

  private static boolean isOfAnother(Path backup, HomeKeys keys) {
    try {
      return keys.isOfAnother(Kept.read(backup));
    } catch (IOException | BackupFault e) {
      return false; // a check of it tells why
    }
  }

  /** Where backups lie. */
  Path folder() {
    return folder;
  }

  /** Begins a backup; a folder that does not have its name yet. */
  Path begin(Instant at) throws IOException {
    String first = Kept.BEGIN + NAME.format(at);
    String name = first;
    for (int i = 2; Files.exists(folder.resolve(name)); i++) {
      name = first + "-" + i;
    }
    var partial = folder.resolve(name + Kept.PARTIAL);
    OwnerOnly.makeFolder(partial);
    return partial;
  }

  /**
   * Gives a backup its name once it, manifest last, is on the disk. Where this throws, it has none.
   */
  Path finish(Path partial, byte[] manifest, String signature) throws IOException {
    Disk.forceFolders(partial);
    write(partial.resolve(Kept.SIGNATURE), signature.getBytes(StandardCharsets.UTF_8));
    write(partial.resolve(Kept.MANIFEST), manifest);
    Disk.force(partial);
    String name = partial.getFileName().toString();
    var whole = folder.resolve(name.substring(0, name.length() - Kept.PARTIAL.length()));
    Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
    return whole;
  }

  /** Returns once the names of backups are on the disk. */
  void force() throws IOException {
    Disk.force(folder);
  }

  /**
   * Removes a backup; broken off on the way, it is told from a whole one and goes with the next.
   */
  void remove(Path backup) throws IOException {
    var partial = backup.resolveSibling(backup.getFileName() + Kept.PARTIAL);
    Files.move(backup, partial, StandardCopyOption.ATOMIC_MOVE);
    Disk.force(folder);
    Folders.delete(partial);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    var draft = file.resolveSibling(file.getFileName() + ".new");
    Disk.write(draft, out -> Disk.all(out, ByteBuffer.wrap(bytes)));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
