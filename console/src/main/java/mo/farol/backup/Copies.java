package mo.farol.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mo.farol.disk.Folder;
import mo.farol.disk.OwnerOnly;

/**
 * Writes files below a folder, each on the disk when it was written, and keeps what the manifest
 * says of them. For one thread.
 */
final class Copies {
  private final Path folder;
  private final Optional<Earlier> earlier;
  private final Digest digest;
  private final List<Manifest.Entry> entries = new ArrayList<>();
  private long copied;

  /**
   * @param earlier backup whose files are shared where nothing changed
   */
  Copies(Path folder, Optional<Earlier> earlier) {
    this(folder, earlier, new Digest());
  }

  Copies(Path folder, Optional<Earlier> earlier, Digest digest) {
    this.digest = digest;
    this.folder = folder;
    this.earlier = earlier;
  }

  /** Shares what did not change and never will; gives what is to be copied. */
  List<Part> share(List<Part> parts) throws IOException {
    String open =
        parts.stream().map(Part::path).filter(Copies::isSegment).max(String::compareTo).orElse("");
    var left = new ArrayList<Part>();
    for (var part : parts) {
      boolean isClosed =
          part.path().startsWith("index/") || isSegment(part.path()) && !part.path().equals(open);
      var same = isClosed ? earlier.flatMap(e -> e.same(part)) : Optional.<Manifest.Entry>empty();
      if (same.isPresent() && isShared(part, same.get())) {
        entries.add(same.get());
      } else {
        left.add(part);
      }
    }
    return left;
  }

  private static boolean isSegment(String path) {
    return path.startsWith("journal/") && path.endsWith(".seg");
  }

  // Whoever can write to the disk of backups may have changed a file and what is said of it: what
  // is signed anew is what the home holds, and what lies under the new name.
  private boolean isShared(Part part, Manifest.Entry entry) throws IOException {
    var name = place(part.path());
    if (!(part.content() instanceof Part.Content.Of of)
        || !digest.of(of.file(), of.bytes(), _ -> {}).sha256().equals(entry.sha256())
        || !earlier.orElseThrow().link(part, name)) {
      return false;
    }
    if (isAs(name, entry)) {
      return true;
    }
    Files.delete(name);
    return false;
  }

  // The disk of backups may not give all of an earlier one any more: it is copied then.
  private boolean isAs(Path name, Manifest.Entry entry) throws IOException {
    try {
      return digest.of(name).equals(new Digest.Sum(entry.bytes(), entry.sha256()));
    } catch (Digest.Unreadable e) {
      return false;
    }
  }

  /** Copies a file; one that is gone by now is left out. */
  void add(Part part) throws IOException {
    var file = place(part.path());
    switch (part.content()) {
      case Part.Content.Read read -> {
        Disk.write(file, out -> Disk.all(out, read.bytes().duplicate()));
        enter(part.path(), digest.of(read.bytes()), Instant.EPOCH);
      }
      case Part.Content.Of of -> copy(part.path(), file, of);
      case Part.Content.Whole whole -> {
        try {
          var sum =
              Disk.write(file, out -> digest.ofOpened(whole.file(), piece -> Disk.all(out, piece)));
          var modified = Files.getLastModifiedTime(whole.file());
          Files.setLastModifiedTime(file, modified);
          enter(part.path(), sum, modified.toInstant());
        } catch (NoSuchFileException e) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Takes note of a file that was written here by somebody else, and puts it on the disk. */
  void wrote(String path) throws IOException {
    var file = place(path);
    Disk.force(file);
    enter(path, digest.of(file), Instant.EPOCH);
  }

  /** Where a file is to lie; its folder is there. */
  Path place(String path) throws IOException {
    var file = folder.resolve(path);
    OwnerOnly.makeFolder(Folder.of(file));
    return file;
  }

  /** Every file so far, in order of their paths. */
  List<Manifest.Entry> entries() {
    return entries.stream().sorted(Comparator.comparing(Manifest.Entry::path)).toList();
  }

  /** Bytes that were written. */
  long copied() {
    return copied;
  }

  private void copy(String path, Path file, Part.Content.Of of) throws IOException {
    var sum =
        Disk.write(file, out -> digest.of(of.file(), of.bytes(), piece -> Disk.all(out, piece)));
    if (sum.bytes() != of.bytes()) {
      throw new BackupFault(
          "%s became shorter while it was copied; make the backup once more".formatted(path));
    }
    Files.setLastModifiedTime(file, FileTime.from(of.modified()));
    enter(path, sum, of.modified());
  }

  private void enter(String path, Digest.Sum sum, Instant modified) {
    copied += sum.bytes();
    entries.add(new Manifest.Entry(path, sum.bytes(), sum.sha256(), modified));
  }
}
