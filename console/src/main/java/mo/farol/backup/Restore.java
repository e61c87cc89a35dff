package mo.farol.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.centre.Home;
import mo.farol.centre.Usage;
import mo.farol.disk.Folder;
import mo.farol.disk.OwnerOnly;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.proof.Verdict;
import mo.farol.seal.VerifierKey;

/**
 * Makes a home of a backup: copies and compares every file, then checks the home as 'farol verify'
 * does. Until it is proven a mark in it keeps a centre from running on it.
 */
public final class Restore {
  /**
   * What came of it.
   *
   * @param name of the backup
   * @param begunAt what was acknowledged before is there
   * @param next sequence after the last event that is there
   * @param hasKeys whether private keys came with it
   * @param isSealed whether signed heads cover events of it, or it has none
   * @param verdict whether all of it is as it was
   */
  public record Restored(
      String name,
      Instant begunAt,
      long next,
      boolean hasKeys,
      boolean isSealed,
      Verdict verdict) {}

  private final Kept kept;
  private final Home home;
  private final Sought sought;
  private final InstantSource clock;
  private final Digest digest;

  private Restore(
      Kept kept, Home home, Optional<VerifierKey> key, InstantSource clock, Digest digest) {
    this.kept = kept;
    this.home = home;
    this.clock = clock;
    this.digest = digest;
    this.sought = new Sought(kept, key);
  }

  /**
   * Puts a backup, or the newest whole one in a folder of several, into a home that is empty or not
   * there.
   *
   * @param key one of the keys that signed, as it was handed over; else the one in the backup
   * @throws Usage where the home is not empty, or there is no such folder
   * @throws BackupFault where nothing in it is a whole backup, or the home can't be written
   */
  public static Restored into(
      Home home, Path from, Optional<VerifierKey> key, InstantSource clock) {
    return into(home, from, key, clock, new Digest());
  }

  static Restored into(
      Home home, Path from, Optional<VerifierKey> key, InstantSource clock, Digest digest) {
    mustBeEmpty(home.folder());
    var kept = Kept.in(from);
    try (var _ = home.open()) {
      mustBeEmpty(home.folder()); // another may have put something there until it was held
      return new Restore(kept, home.real(), key, clock, digest).all();
    } catch (IOException e) {
      throw new BackupFault(
          "the home %s was not restored: %s: %s; see that the disk has room, empty the folder and try again"
              .formatted(home.folder(), e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  private Restored all() throws IOException {
    long free = Files.getFileStore(home.folder()).getUsableSpace();
    if (kept.manifest().bytes() > free) {
      throw new BackupFault(
          "the home needs %,d MiB and there are %,d MiB free"
              .formatted((kept.manifest().bytes() >> 20) + 1, free >> 20));
    }
    var mark = home.unfinished();
    Disk.write(mark, _ -> 0);
    Disk.force(home.folder());
    for (var entry : kept.manifest().files()) {
      copy(entry);
    }
    sought.strangers();
    Disk.forceFolders(home.folder());
    var verdict = sought.proof(home.folder());
    if (verdict.isProven()) {
      record();
      Files.delete(mark);
      Disk.force(home.folder());
    }
    var manifest = kept.manifest();
    return new Restored(
        kept.name(),
        manifest.begunAt(),
        manifest.next(),
        manifest.hasKeys(),
        sought.isSealed(),
        verdict);
  }

  // Who reads the deeds must know that some that were done may be missing.
  private void record() {
    var manifest = kept.manifest();
    try (var ledger = Ledger.openSqlite(home.ledger())) {
      String what = "begun %s, events before %d".formatted(manifest.begunAt(), manifest.next());
      new Deeds(ledger, clock).record("farol", "home.restored", kept.name(), what);
    }
  }

  private void copy(Manifest.Entry entry) throws IOException {
    var from = kept.home().resolve(entry.path());
    if (!Disk.isFileIn(kept.home(), entry.path())) {
      sought.file(entry, null);
      return;
    }
    var to = home.folder().resolve(entry.path());
    OwnerOnly.makeFolder(Folder.of(to));
    try {
      var sum =
          Disk.write(to, out -> digest.of(from, Long.MAX_VALUE, piece -> Disk.all(out, piece)));
      sought.file(entry, sum);
      Files.setLastModifiedTime(to, FileTime.from(entry.modified()));
    } catch (Digest.Unreadable e) {
      Files.delete(to);
      sought.unreadable(entry, e);
    }
  }

  // What is in every disk's own uppermost folder is no home.
  private static boolean isAllowed(Path file) {
    String name = file.getFileName().toString();
    return name.equals("lock") || name.equals("lost+found") && isEmptyOrClosed(file);
  }

  private static boolean isEmptyOrClosed(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    } catch (IOException e) {
      return true; // the system's, and not ours to read
    }
  }

  private static void mustBeEmpty(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.anyMatch(file -> !isAllowed(file))) {
        throw new Usage(
            "the home %s is not empty; name a folder that is, or that is not there"
                .formatted(folder));
      }
    } catch (NoSuchFileException e) {
      return; // it is made
    } catch (IOException e) {
      throw new Usage("cannot read the home %s: %s".formatted(folder, e));
    }
  }
}
